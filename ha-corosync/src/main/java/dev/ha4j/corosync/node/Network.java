package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncLink;
import dev.ha4j.corosync.srp.SrpMessage;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;

/** What carries messages to other nodes. Belongs to the ring's thread; {@link #wakeUp} is for others. Times are as for the ring. */
interface Network {

    void send(NodeId target, SrpMessage message, long now);

    void multicast(SrpMessage message, SortedSet<NodeId> targets, long now);

    /** Waits for packets, a call of {@link #wakeUp} or the end of time. */
    void await(long nanos) throws IOException;

    void wakeUp();

    /** Takes in what has come, for about so many messages. */
    void receive(int most, Consumer<SrpMessage> input) throws IOException;

    /** Does what is due. */
    void tick(long now);

    /** Nanoseconds until {@link #tick} has something to do; {@link Long#MAX_VALUE} if never. */
    long untilNextNanos(long now);

    /** With who is in the ring. */
    List<CorosyncLink> links(SortedSet<NodeId> members);

    void close();
}
