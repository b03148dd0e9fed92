package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.TokenReport;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.RingSequences;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.slf4j.Logger;

/**
 * One node's part of a Corosync ring. A pure state machine: all methods are called on one thread with the current time of a monotonic
 * clock in nanoseconds, none blocks, and time moves only by what it is told.
 */
public final class Srp {

    private final Protocol protocol;

    public Srp(
            SrpConfig config,
            NodeId self,
            RingSequences sequences,
            SrpTransport transport,
            SrpListener listener,
            Outgoing outgoing,
            Logger log) {
        this(config, self, sequences, transport, listener, outgoing, 0, log);
    }

    /** For tests: rings of this node begin behind the given number, so that it wraps soon. All nodes need the same. */
    Srp(
            SrpConfig config,
            NodeId self,
            RingSequences sequences,
            SrpTransport transport,
            SrpListener listener,
            Outgoing outgoing,
            int firstSequence,
            Logger log) {
        protocol = new Protocol(config, self, sequences, transport, listener, outgoing, firstSequence, log);
    }

    /** Looks for others. Call once. */
    public void start(long nowNanos) {
        protocol.start(nowNanos);
    }

    /** A decoded message from a node that is configured. */
    public void receive(SrpMessage message, long nowNanos) {
        protocol.receive(message, nowNanos);
    }

    /** Runs all timers that are due. */
    public void tick(long nowNanos) {
        protocol.tick(nowNanos);
    }

    /** Nanoseconds until {@link #tick} has something to do; {@link Long#MAX_VALUE} if never. */
    public long untilNextNanos(long nowNanos) {
        return protocol.timers.untilNext(nowNanos);
    }

    /** There is something new in {@link Outgoing}. */
    public void workToDo(long nowNanos) {
        protocol.workToDo(nowNanos);
    }

    /** Says good-bye and ends. */
    public void leave(long nowNanos) {
        protocol.leave(nowNanos);
    }

    /** Whether it left, or failed; and before {@link #start}. */
    public boolean hasEnded() {
        return protocol.state() instanceof Ended;
    }

    /** Name of the protocol's state. */
    public String state() {
        return protocol.state().name();
    }

    /** The last installed ring; of this node alone and without members before the first. */
    public RingId ring() {
        return protocol.installed.id;
    }

    public SortedSet<NodeId> members() {
        return protocol.installed.members;
    }

    /** How the token goes round. */
    public TokenReport token(long nowNanos) {
        return protocol.pace.report(nowNanos);
    }

    /** Messages by kind. */
    public SortedMap<String, Long> sent() {
        return protocol.sent();
    }

    /** Messages by kind. */
    public SortedMap<String, Long> received() {
        return protocol.received();
    }

    /** What happened how often. */
    public Map<String, Long> counters() {
        return protocol.counters();
    }
}
