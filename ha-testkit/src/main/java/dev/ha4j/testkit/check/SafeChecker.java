package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * EVS-7: what one member delivers as safe in a regular configuration, every member of it has installed the configuration for,
 * and delivers before it leaves that configuration, unless it fails.
 */
final class SafeChecker implements TraceListener {

    private static final int MAX_RINGS = 64;

    private final Findings findings;
    private final Map<RingId, RingLog> rings = new LinkedHashMap<>();
    private final TreeMap<LifeId, Seat> seats = new TreeMap<>();

    SafeChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RegularInstalled installed) {
            installed(step, installed);
        } else if (event instanceof Event.Delivered delivered && delivered.safe()) {
            delivered(step, delivered);
        } else if (event instanceof Event.NodeDied) {
            seats.remove(LifeId.of(step));
        }
    }

    private void installed(TraceRecord step, Event.RegularInstalled installed) {
        Seat old = seats.put(LifeId.of(step), new Seat(installed.ring()));
        if (old != null) {
            RingLog log = ring(old.ring);
            log.left.put(step.nodeId(), old.delivered);
            log.owed.forEach(message -> owes(step, step.nodeId(), old.delivered, message, old.ring));
        }
        RingLog fresh = ring(installed.ring());
        fresh.members = installed.members();
        fresh.installed.add(step.nodeId());
        if (rings.size() > MAX_RINGS) {
            rings.remove(rings.keySet().iterator().next());
        }
    }

    private RingLog ring(RingId id) {
        return rings.computeIfAbsent(id, key -> new RingLog());
    }

    private void delivered(TraceRecord step, Event.Delivered delivered) {
        Message message = new Message(delivered.sequence(), delivered.digest());
        Seat seat = seats.computeIfAbsent(LifeId.of(step), life -> new Seat(delivered.ring()));
        seat.delivered.add(message);
        if (delivered.inTransitional()) {
            return;
        }
        RingLog log = ring(delivered.ring());
        if (log.owed.add(message)) {
            log.left.forEach((node, had) -> owes(step, node, had, message, delivered.ring()));
        }
        findings.require(
                log.installed.containsAll(log.members),
                "EVS-7",
                step,
                () -> LifeId.of(step) + " delivers " + message + " of ring " + delivered.ring() + " as safe, but only "
                        + log.installed + " have installed it");
    }

    private void owes(TraceRecord step, NodeId node, SortedSet<Message> had, Message message, RingId ring) {
        findings.require(
                had.contains(message),
                "EVS-7",
                step,
                () -> "node " + node + " left ring " + ring + " without " + message
                        + ", which another member delivered as safe");
    }

    private static final class RingLog {
        private SortedSet<NodeId> members = Collections.emptySortedSet();
        private final TreeSet<NodeId> installed = new TreeSet<>();
        private final TreeSet<Message> owed = new TreeSet<>();
        private final TreeMap<NodeId, SortedSet<Message>> left = new TreeMap<>();
    }

    /** Where one life sits, and what it has delivered there. */
    private static final class Seat {
        private final RingId ring;
        private final TreeSet<Message> delivered = new TreeSet<>();

        Seat(RingId ring) {
            this.ring = ring;
        }
    }

    private record Message(long sequence, long digest) implements Comparable<Message> {

        private static final Comparator<Message> ORDER =
                Comparator.comparingLong(Message::sequence).thenComparingLong(Message::digest);

        @Override
        public int compareTo(Message other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return "message " + sequence;
        }
    }
}
