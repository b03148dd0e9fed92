package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.util.SortedSet;

/** Hears what the ring decides, in order. Must return quickly and never throw, and calls nothing of the ring from inside a call. */
public interface SrpListener {

    /** An ordered packet; in the byte order of its sender. */
    void delivered(NodeId sender, ByteBuffer packet);

    /**
     * The old ring is over. Until {@link #regular} come messages that may not have reached all of it.
     *
     * @param members of the old ring that go on together
     * @param left the others of the old ring
     */
    void transitional(SortedSet<NodeId> members, SortedSet<NodeId> left);

    /** A new ring is installed. */
    void regular(RingId ring, SortedSet<NodeId> members);

    /** The ring is over, by a good-bye. */
    void left();

    /** The ring is over, for a reason that somebody has to look at. */
    void failed(String reason);
}
