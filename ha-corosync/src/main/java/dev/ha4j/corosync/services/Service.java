package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;

/** One of Corosync's services: takes part in the synchronisation after each new ring, in its turn. */
interface Service {

    /**
     * A new ring.
     *
     * @param together members that were together in the ring before, too
     * @param members of the new ring
     */
    void begin(RingId ring, SortedSet<NodeId> together, SortedSet<NodeId> members);

    /** Its turn: it says what others have to know. */
    void process();

    /** Everybody has said it. */
    void activate();

    /** Another new ring came before that. */
    void abort();

    void received(NodeId sender, int function, WireReader in) throws Malformed;
}
