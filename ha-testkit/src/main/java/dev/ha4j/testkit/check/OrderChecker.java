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
import org.jspecify.annotations.Nullable;

/**
 * EVS-1 (what is delivered was sent, once), EVS-4 (who moves on together delivered the same), EVS-5 and EVS-6 (one order,
 * without gaps but those that a transitional configuration allows).
 */
final class OrderChecker implements TraceListener {

    /** Rings that are remembered. */
    private static final int MAX_RINGS = 256;

    private final Findings findings;
    private final Map<RingId, RingLog> rings = new LinkedHashMap<>();
    private final Map<Message, Integer> unclaimed = new LinkedHashMap<>();
    private final TreeMap<LifeId, Position> positions = new TreeMap<>();
    private final Map<Together, Long> outcomes = new LinkedHashMap<>();

    OrderChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Sent sent) {
            unclaimed.merge(new Message(sent.ring(), step.node(), sent.digest()), 1, Integer::sum);
        } else if (event instanceof Event.Delivered delivered) {
            delivered(step, delivered);
        } else if (event instanceof Event.TransitionalInstalled installed) {
            position(step).transitional = installed.members();
        } else if (event instanceof Event.RegularInstalled installed) {
            regular(step, installed);
        } else if (event instanceof Event.NodeDied) {
            positions.remove(LifeId.of(step));
        }
    }

    private Position position(TraceRecord step) {
        return positions.computeIfAbsent(LifeId.of(step), life -> new Position());
    }

    private void regular(TraceRecord step, Event.RegularInstalled installed) {
        Position old = position(step);
        if (old.ring != null && !old.transitional.isEmpty()) {
            Together group =
                    new Together(old.ring, installed.ring(), Collections.unmodifiableSortedSet(old.transitional));
            Long others = outcomes.putIfAbsent(group, old.digest);
            findings.require(
                    others == null || others == old.digest,
                    "EVS-4",
                    step,
                    () -> LifeId.of(step) + " moved from ring " + group.from + " to " + group.to
                            + " having delivered other messages than those who moved with it");
        }
        Position fresh = new Position();
        fresh.ring = installed.ring();
        positions.put(LifeId.of(step), fresh);
        bound(outcomes);
    }

    private void delivered(TraceRecord step, Event.Delivered message) {
        Position at = position(step);
        Place place = at.next(message.sequence());
        findings.require(
                message.ring().equals(at.ring),
                "EVS-1",
                step,
                () -> LifeId.of(step) + " delivers a message of ring " + message.ring() + " in ring " + at.ring);
        findings.require(
                at.last == null || place.compareTo(at.last) > 0,
                "EVS-6",
                step,
                () -> LifeId.of(step) + " delivers " + place + " of ring " + message.ring() + " after " + at.last);
        RingLog log = rings.computeIfAbsent(message.ring(), ring -> new RingLog());
        Content content = new Content(message.sender(), message.digest());
        Content known = log.contents.putIfAbsent(place, content);
        if (known == null) {
            claim(step, message);
            passedOver(step, message, place);
        } else {
            findings.require(
                    known.equals(content),
                    "EVS-6",
                    step,
                    () -> "ring " + message.ring() + " has two messages at " + place + ": " + known + " and "
                            + content);
        }
        skipped(step, message, at, place, log);
        at.last = place;
        at.digest = at.digest * 31 + place.hashCode() * 17L + message.digest();
        bound(rings);
    }

    private void claim(TraceRecord step, Event.Delivered message) {
        Message sent = new Message(message.ring(), message.sender().value(), message.digest());
        int left = unclaimed.getOrDefault(sent, 0);
        findings.require(
                left > 0,
                "EVS-1",
                step,
                () -> "a message of node " + message.sender() + " is delivered more often than it was sent in ring "
                        + message.ring());
        if (left <= 1) {
            unclaimed.remove(sent);
        } else {
            unclaimed.put(sent, left - 1);
        }
    }

    /** Others that are past this place already should have delivered it. */
    private void passedOver(TraceRecord step, Event.Delivered message, Place place) {
        positions.forEach((life, other) -> {
            boolean past = message.ring().equals(other.ring) && other.last != null && other.last.compareTo(place) > 0;
            findings.require(
                    !past || other.maySkip(message.sender()),
                    "EVS-6",
                    step,
                    () -> life + " went past " + place + " of ring " + message.ring() + " without delivering it");
        });
    }

    private void skipped(TraceRecord step, Event.Delivered message, Position at, Place place, RingLog log) {
        if (at.last != null && at.last.compareTo(place) >= 0) {
            return; // reported as out of order
        }
        var between = at.last == null
                ? log.contents.headMap(place, false)
                : log.contents.subMap(at.last, false, place, false);
        between.forEach((missed, content) -> findings.require(
                at.maySkip(content.sender),
                "EVS-6",
                step,
                () -> LifeId.of(step) + " skipped " + missed + " of ring " + message.ring()));
    }

    private static void bound(Map<?, ?> table) {
        if (table.size() > MAX_RINGS) {
            var eldest = table.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** How far one life has got in its ring. */
    private static final class Position {
        private @Nullable RingId ring;
        private SortedSet<NodeId> transitional = Collections.emptySortedSet();
        private @Nullable Place last;
        private long digest;

        Place next(long sequence) {
            return last != null && last.sequence == sequence
                    ? new Place(sequence, last.part + 1)
                    : new Place(sequence, 0);
        }

        /** In a transitional configuration, messages of those that did not come along may be missing. */
        boolean maySkip(NodeId sender) {
            return !transitional.isEmpty() && !transitional.contains(sender);
        }
    }

    private static final class RingLog {
        private final TreeMap<Place, Content> contents = new TreeMap<>();
    }

    private record Place(long sequence, int part) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::sequence).thenComparingInt(Place::part);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return sequence + "/" + part;
        }
    }

    private record Content(NodeId sender, long digest) {}

    private record Message(RingId ring, int sender, long digest) {}

    private record Together(RingId from, RingId to, SortedSet<NodeId> members) {}
}
