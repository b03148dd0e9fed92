package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.core.Protocol;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part of the ring. A pure state machine: all methods are called on one thread with the current time of a
 * monotonic clock in nanoseconds, none blocks, and time moves only by what it is told. After each call the owner arms one
 * timer for {@link #nextDeadlineNanos} and calls {@link #tick} when it is due.
 */
public final class TotemRing {

    private final NodeId self;
    private final Protocol protocol;

    public TotemRing(
            RingConfig config,
            NodeId self,
            RingSequences sequences,
            RingTransport transport,
            RingListener listener,
            RandomGenerator random) {
        this(config, self, sequences, transport, listener, random, LoggerFactory.getLogger(Protocol.class));
    }

    /** The same, with a log of its own for changes of the protocol's state. */
    public TotemRing(
            RingConfig config,
            NodeId self,
            RingSequences sequences,
            RingTransport transport,
            RingListener listener,
            RandomGenerator random,
            Logger log) {
        requireUsable(config.nodes(), self);
        this.self = self;
        protocol = new Protocol(config, self, sequences, transport, listener, random, log);
    }

    private static void requireUsable(SortedSet<NodeId> nodes, NodeId self) {
        if (!nodes.contains(self)) {
            throw new IllegalArgumentException("node " + self + " is not among the nodes " + nodes);
        }
        if (nodes.size() > RingConfig.MAX_NODES) {
            throw new IllegalArgumentException(
                    "a ring has at most " + RingConfig.MAX_NODES + " nodes, not " + nodes.size());
        }
    }

    /** Reserves ring sequences, then installs a ring of this node alone, then looks for others. Call once. */
    public void start(long nowNanos) {
        protocol.start(nowNanos);
    }

    /** An authenticated, decoded message. The messages of one peer come in the order of its sending where possible. */
    public void receive(NodeId from, TotemMessage message, long nowNanos) {
        protocol.receive(from, message, nowNanos);
    }

    /** Any authenticated packet of the peer that carries no message. */
    public void heard(NodeId peer, long nowNanos) {
        protocol.heard(peer, nowNanos);
    }

    /** Every link to the peer answered "port unreachable", and a probe went unanswered. */
    public void refused(NodeId peer, long nowNanos) {
        protocol.refused(peer, nowNanos);
    }

    /** Runs all timers that are due. */
    public void tick(long nowNanos) {
        protocol.tick(nowNanos);
    }

    /** Earliest timer, {@link Long#MAX_VALUE} if there is none. */
    public long nextDeadlineNanos() {
        return protocol.nextDeadline();
    }

    /**
     * Queues a message for the total order; before the first ring too. What becomes of it the listener hears, never before this
     * returns.
     *
     * @param payload not to be changed afterwards; at most {@link RingLimits#maxMessageBytes()}
     */
    public Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload, long nowNanos) {
        return protocol.submit(lane, guarantee, payload, nowNanos);
    }

    /**
     * What the network carries at the moment: from the next message on, packets are so large, and a rotation has at most so
     * many. Without it the configured sizes hold.
     *
     * @param packetBytes payload of a packet, at least {@link RingLimits#maxPacketBytes()}
     * @param windowMessages at most {@link dev.ha4j.api.config.FlowOptions#windowMessages()}
     */
    public void adapt(int packetBytes, int windowMessages) {
        protocol.adapt(packetBytes, windowMessages);
    }

    /**
     * Back-pressure: the whole ring sends no more messages per rotation than this fraction of the configured window; at
     * 0, no new messages are sent. Recovery and membership go on. It holds from this node's next visit of the token on until it is
     * changed; of several members the narrowest counts, one rotation later for all.
     *
     * @param fractionOfFull 0 to 1
     */
    public void advertiseWindow(double fractionOfFull) {
        protocol.advertiseWindow(fractionOfFull);
    }

    /**
     * Adds and removes nodes; they take the place of those of the configuration. Nodes may learn of a change one after the
     * other: only those that all members of a ring know can join it, and who is removed at one member leaves the ring of all. A
     * node that was added joins when it is heard; that costs no message and no token.
     *
     * @param nodes all that are configured from now on, this one included
     * @throws IllegalArgumentException without this node (it can only {@link #leave}), or with more than
     *     {@link RingConfig#MAX_NODES}
     */
    public void changeNodes(SortedSet<NodeId> nodes, long nowNanos) {
        requireUsable(nodes, self);
        protocol.changeNodes(nodes, nowNanos);
    }

    /** Whether all that was submitted has been delivered or reported, and every member is known to have it: the time to leave. */
    public boolean isDrained() {
        return protocol.isDrained();
    }

    /** Says good-bye and ends, at once. What was submitted and not delivered is reported as indeterminate. */
    public void leave(long nowNanos) {
        protocol.leave(nowNanos);
    }

    /** The member that this one passes the token to; empty while it is alone. */
    public Optional<NodeId> successor() {
        return protocol.successor();
    }

    public RingReport report() {
        return protocol.report();
    }
}
