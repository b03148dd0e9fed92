package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/** Counts what goes out. */
record CountingTransport(SrpTransport transport, MessageCounts counts) implements SrpTransport {

    @Override
    public void multicast(SrpMessage message, SortedSet<NodeId> targets) {
        counts.count(message);
        transport.multicast(message, targets);
    }

    @Override
    public void send(NodeId target, SrpMessage message) {
        counts.count(message);
        transport.send(target, message);
    }
}
