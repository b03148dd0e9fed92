package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;

/** A service that takes its turn and has nothing to say. */
final class Bystander implements Service {

    /** {@code cmap} tells versions of the configuration, {@code quorum} what others make of {@code votequorum}. */
    static final int CONFIGURATION_MAP = 0;

    static final int QUORUM_VIEW = 3;

    @Override
    public void begin(RingId ring, SortedSet<NodeId> together, SortedSet<NodeId> members) {}

    @Override
    public void process() {}

    @Override
    public void activate() {}

    @Override
    public void abort() {}

    @Override
    public void received(NodeId sender, int function, WireReader in) {}
}
