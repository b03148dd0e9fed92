package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * EVS-2 (configurations are the same for all who install them, and follow each other properly), EVS-8 (ring ids rise at each
 * node and are never used twice), EVS-9 (nothing of an earlier life happens after the next began).
 */
final class ConfigurationChecker implements TraceListener {

    private static final int MAX_RINGS = 1024;

    private final Findings findings;
    private final Map<RingId, SortedSet<NodeId>> rings = new LinkedHashMap<>();
    private final Map<Move, SortedSet<NodeId>> moves = new LinkedHashMap<>();
    private final TreeMap<Integer, Integer> lives = new TreeMap<>();
    private final TreeMap<Integer, RingId> newest = new TreeMap<>();
    private final TreeMap<LifeId, Seat> seats = new TreeMap<>();

    ConfigurationChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.node() == TraceRecord.WORLD) {
            return;
        }
        Event event = step.event();
        if (event instanceof Event.NodeStarted started) {
            started(step, started);
        } else if (event instanceof Event.TransitionalInstalled installed) {
            transitional(step, installed);
        } else if (event instanceof Event.RegularInstalled installed) {
            regular(step, installed);
        }
        if (!(event instanceof Event.Truth)) {
            findings.require(
                    lives.getOrDefault(step.node(), 0) == step.life(),
                    "EVS-9",
                    step,
                    () -> LifeId.of(step) + " does something after a later life began: " + event);
        }
    }

    private void started(TraceRecord step, Event.NodeStarted started) {
        findings.require(
                step.life() > lives.getOrDefault(step.node(), 0),
                "EVS-9",
                step,
                () -> LifeId.of(step) + " starts after a later life");
        lives.put(step.node(), step.life());
        if (!started.diskKept()) {
            newest.remove(step.node());
        }
    }

    private void transitional(TraceRecord step, Event.TransitionalInstalled installed) {
        Seat seat = seat(step);
        findings.require(
                installed.oldRing().equals(seat.ring),
                "EVS-2",
                step,
                () -> LifeId.of(step) + " leaves ring " + installed.oldRing() + " but is in " + seat.ring);
        SortedSet<NodeId> known = moves.putIfAbsent(
                new Move(
                        installed.oldRing(),
                        installed.newRing(),
                        installed.members().first()),
                installed.members());
        findings.require(
                known == null || known.equals(installed.members()),
                "EVS-2",
                step,
                () -> "ring " + installed.oldRing() + " moves on as " + known + " and as " + installed.members());
        seat.next = installed.newRing();
        bound(moves);
    }

    private void regular(TraceRecord step, Event.RegularInstalled installed) {
        RingId ring = installed.ring();
        Seat seat = seat(step);
        findings.require(
                seat.ring == null || ring.equals(seat.next),
                "EVS-2",
                step,
                () -> LifeId.of(step) + " installs ring " + ring + " where it announced " + seat.next);
        findings.require(
                installed.members().contains(NodeId.of(step.node())),
                "EVS-2",
                step,
                () -> LifeId.of(step) + " installs ring " + ring + " without being a member");
        SortedSet<NodeId> known = rings.putIfAbsent(ring, installed.members());
        findings.require(
                known == null || known.equals(installed.members()),
                known != null && known.contains(NodeId.of(step.node())) ? "EVS-2" : "EVS-8",
                step,
                () -> "ring " + ring + " has members " + known + " and " + installed.members());
        RingId before = newest.put(step.node(), ring);
        findings.require(
                before == null || before.sequence() < ring.sequence(),
                "EVS-8",
                step,
                () -> "node " + step.node() + " installs ring " + ring + " after " + before);
        seat.ring = ring;
        seat.next = null;
        bound(rings);
    }

    private Seat seat(TraceRecord step) {
        return seats.computeIfAbsent(LifeId.of(step), life -> new Seat());
    }

    private static void bound(Map<?, ?> table) {
        if (table.size() > MAX_RINGS) {
            var eldest = table.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Where one life sits. */
    private static final class Seat {
        private @Nullable RingId ring;
        private @Nullable RingId next;
    }

    private record Move(RingId from, RingId to, NodeId lowest) {}
}
