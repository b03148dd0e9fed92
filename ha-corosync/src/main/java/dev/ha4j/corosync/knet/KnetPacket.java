package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;

/** What knet's nodes send to each other, once it is decrypted. */
public sealed interface KnetPacket {

    NodeId source();

    /**
     * A part of a frame, or the whole.
     *
     * @param sequence number of the frame among all of its sender's, 1 to 65,535 and again
     * @param multicast whether it is for everybody
     * @param count fragments that the frame has
     * @param number of this one, from 1 on; 0 if it is the whole
     * @param content not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // packets are not copied on their way
    record Fragment(NodeId source, int sequence, boolean multicast, int count, int number, byte[] content)
            implements KnetPacket {}

    /**
     * Asks for a sign of life.
     *
     * @param link that it goes over, as its sender counts
     * @param stampHigh time of the sender, in a form that is its own
     * @param stampLow the rest of it
     * @param sequence of the sender's last frame; 0 while there was none in this life
     * @param periodic false if it only shows the sequence
     */
    record Ping(NodeId source, int link, long stampHigh, long stampLow, int sequence, boolean periodic)
            implements KnetPacket {

        Pong answeredBy(NodeId node) {
            return new Pong(node, link, stampHigh, stampLow, sequence, periodic);
        }
    }

    /** A ping that comes back: all but the source is as it was. */
    record Pong(NodeId source, int link, long stampHigh, long stampLow, int sequence, boolean periodic)
            implements KnetPacket {}

    /**
     * A packet of a certain size, to see if it gets through.
     *
     * @param size in the byte order of its sender
     */
    record SizeProbe(NodeId source, int link, int size) implements KnetPacket {

        SizeReply answeredBy(NodeId node) {
            return new SizeReply(node, link, size);
        }
    }

    /** It got through. */
    record SizeReply(NodeId source, int link, int size) implements KnetPacket {}
}
