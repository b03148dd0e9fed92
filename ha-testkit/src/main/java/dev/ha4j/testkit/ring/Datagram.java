package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Bytes on their way to one node.
 *
 * @param sender whose they claim to be, by the way they take
 * @param life which of the sender's has made them; {@link #FORGED} if none has
 * @param source the address that they come from
 * @param at the address that they go to: one of the target's, or that of a multicast group
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Datagram(
        NodeId sender,
        int life,
        NodeId target,
        int link,
        InetSocketAddress source,
        InetSocketAddress at,
        byte[] bytes) {

    /** No life of the sender has made this. */
    static final int FORGED = 0;

    /** The same, made by somebody who has the cluster's key and the certificate of another node. */
    static final int OF_IMPOSTOR = -1;

    private static final int VERSION_OFFSET = 2;
    private static final int KEY_OFFSET = 4;
    private static final int KIND_OFFSET = 5;
    private static final int TARGET_OFFSET = 8;
    private static final int SESSION_OFFSET = 10;
    private static final int COUNTER_OFFSET = 18;

    /** What stands in front of each packet, docs/protocol.md. */
    static final int HEADER_BYTES = 26;

    static final int TAG_BYTES = 16;

    boolean isForged() {
        return life <= FORGED;
    }

    boolean isOfImpostor() {
        return life == OF_IMPOSTOR;
    }

    boolean isHandshake() {
        return bytes[KIND_OFFSET] != 0;
    }

    int keyId() {
        return Byte.toUnsignedInt(bytes[KEY_OFFSET]);
    }

    /** The only node that may open it; 0 for all. */
    int meantFor() {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(TARGET_OFFSET));
    }

    long session() {
        return ByteBuffer.wrap(bytes).getLong(SESSION_OFFSET);
    }

    long counter() {
        return ByteBuffer.wrap(bytes).getLong(COUNTER_OFFSET);
    }

    /** Whether it was sent once, for all. */
    boolean isByGroup() {
        return Addresses.isGroup(at);
    }

    /** The same bytes for somebody else. */
    Datagram redirected(NodeId elsewhere, InetSocketAddress there) {
        return new Datagram(sender, life, elsewhere, link, source, there, bytes);
    }

    Datagram from(InetSocketAddress another) {
        return new Datagram(sender, life, target, link, another, at, bytes);
    }

    /** Something that looks like it and that no life has made. */
    Datagram forged(byte[] others) {
        return new Datagram(sender, FORGED, target, link, source, at, others);
    }

    Datagram withByte(int index, int value) {
        byte[] others = bytes.clone();
        others[index] = (byte) value;
        return forged(others);
    }

    Datagram ofVersion(int version) {
        return withByte(VERSION_OFFSET, version);
    }
}
