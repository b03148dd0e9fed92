package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;

/** What a node's owner hears, in the order of the ring. */
public interface EngineEvents extends CpgEvents {

    /** A new ring is installed; its services synchronise. */
    void ringInstalled(RingId ring, SortedSet<NodeId> members);

    /** The services of all members agree. */
    void synchronised(RingId ring, SortedSet<NodeId> members);

    void quorumChanged(Votequorum quorum);

    /** The ring is over, by a good-bye. */
    void left();

    /** The ring is over, for a reason that somebody has to look at. */
    void failed(String reason);
}
