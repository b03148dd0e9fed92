package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what has to happen sometimes, so that a green run is known to have been to the dark corners. */
public final class Sometimes implements TraceListener {

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeMap<LifeId, TreeSet<String>> exclusive = new TreeMap<>();
    private final TreeSet<LifeId> frozen = new TreeSet<>();
    private final TreeSet<LifeId> replacedInSleep = new TreeSet<>();
    private final TreeMap<Integer, Long> fenceAnswers = new TreeMap<>();
    private final TreeMap<LifeId, Long> stopFailures = new TreeMap<>();
    private final TreeMap<LifeId, Long> openRequests = new TreeMap<>();
    private final TreeMap<LifeId, Boolean> controllers = new TreeMap<>();

    public Sometimes() {
        for (Point point : Point.values()) {
            counts.put(point.label(), 0L);
        }
    }

    /** The corners. */
    enum Point {
        TRANSITIONAL_OF_SEVERAL("a transitional configuration of several members"),
        MERGE_OF_SEVERAL("two or more rings merge"),
        MERGE_OF_THREE("three or more rings merge"),
        DELIVERED_IN_TRANSITIONAL("a message is delivered in a transitional configuration"),
        MESSAGE_GIVEN_UP("a submission ends as indeterminate"),
        RING_AFTER_RESTART("a restarted node joins a ring"),
        DISK_LOST("a node starts with an empty disk"),
        QUORUM_LOST("a node loses the quorum"),
        QUORUM_LOST_LEADING("a node that leads loses the quorum"),
        HOLDER_FROZEN("a holder is frozen"),
        REPLACED_HOLDER_WAKES("a holder wakes after another took over"),
        STALE_ACT_REFUSED("the storage refuses an old token"),
        FENCE_CONFIRMED("a fence is confirmed"),
        FENCE_FAILED("a fence fails"),
        FENCE_UNKNOWN("a fence's outcome is unknown"),
        FENCE_DONE_BUT_UNKNOWN("a fence is done and not known to be"),
        FENCE_TRIED_AGAIN("a fence succeeds after it did not"),
        FENCE_BY_HUMAN("an operator confirms that a node is down"),
        FENCE_LIED("a fence device lies"),
        FENCE_OBSOLETE("a fenced node comes back by itself"),
        STOP_FAILED("a stop fails"),
        STOP_FAILED_THEN_FENCED("a node is fenced after a failed stop"),
        NODE_HALTED("a node ends itself because its lease is over"),
        NODE_STOPPED("a node stops because of its disk or an unknown command"),
        REQUEST_INDETERMINATE("a request ends as indeterminate"),
        REQUEST_REFUSED("a request is refused"),
        REQUESTER_DIED("a node dies with a request open"),
        CONTROLLER_DIED("the designated controller dies"),
        CLEAN_LEAVE("a node leaves cleanly"),
        WHOLE_CLUSTER_DOWN("no node runs"),
        TERM_TAKEN_OVER("a term is taken over by another node");

        private final String label;

        Point(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final TreeSet<Integer> running = new TreeSet<>();
    private final TreeMap<String, Integer> lastHolder = new TreeMap<>();

    public Map<String, Long> counts() {
        return counts;
    }

    private void count(Point point) {
        counts.merge(point.label(), 1L, Long::sum);
    }

    private void countIf(boolean condition, Point point) {
        if (condition) {
            count(point);
        }
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Truth) {
            truth(step, LifeId.of(step), event);
        } else {
            node(step, LifeId.of(step), event);
        }
    }

    private void node(TraceRecord step, LifeId life, Event event) {
        if (event instanceof Event.TransitionalInstalled installed) {
            countIf(installed.members().size() > 1, Point.TRANSITIONAL_OF_SEVERAL);
        } else if (event instanceof Event.RegularInstalled installed) {
            countIf(installed.joined().size() > 0 && installed.members().size() > 1, Point.MERGE_OF_SEVERAL);
            countIf(installed.joined().size() > 1, Point.MERGE_OF_THREE);
            countIf(step.life() > 1 && installed.members().size() > 1, Point.RING_AFTER_RESTART);
        } else if (event instanceof Event.Delivered delivered) {
            countIf(delivered.inTransitional(), Point.DELIVERED_IN_TRANSITIONAL);
        } else if (event instanceof Event.Indeterminate) {
            count(Point.MESSAGE_GIVEN_UP);
        } else if (event instanceof Event.QuorumChanged changed && !changed.quorate()) {
            count(Point.QUORUM_LOST);
            countIf(!exclusive.getOrDefault(life, new TreeSet<>()).isEmpty(), Point.QUORUM_LOST_LEADING);
        } else if (event instanceof Event.EpochOpened opened) {
            controllers.put(life, opened.controller().value() == step.node());
        } else if (event instanceof Event.FenceRecorded recorded) {
            recorded(recorded);
        } else if (event instanceof Event.NodeHalted) {
            count(Point.NODE_HALTED);
        } else if (event instanceof Event.NodeStopped) {
            count(Point.NODE_STOPPED);
        } else if (event instanceof Event.RequestMade made) {
            openRequests.put(life, made.request());
        } else if (event instanceof Event.RequestEnded ended) {
            openRequests.remove(life);
            countIf(ended.result().equals("Indeterminate"), Point.REQUEST_INDETERMINATE);
            countIf(ended.result().equals("Refused"), Point.REQUEST_REFUSED);
        }
    }

    private void recorded(Event.FenceRecorded recorded) {
        countIf(recorded.outcome().equals("CONFIRMED_BY_HUMAN"), Point.FENCE_BY_HUMAN);
        countIf(recorded.outcome().equals("OBSOLETE"), Point.FENCE_OBSOLETE);
    }

    private void truth(TraceRecord step, LifeId life, Event event) {
        if (event instanceof Event.NodeStarted started) {
            running.add(step.node());
            countIf(!started.diskKept(), Point.DISK_LOST);
        } else if (event instanceof Event.NodeDied died) {
            died(step, life, died);
        } else if (event instanceof Event.NodeFroze) {
            frozen.add(life);
            countIf(!exclusive.getOrDefault(life, new TreeSet<>()).isEmpty(), Point.HOLDER_FROZEN);
        } else if (event instanceof Event.NodeWoke) {
            frozen.remove(life);
            countIf(replacedInSleep.remove(life), Point.REPLACED_HOLDER_WAKES);
        } else if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            entered(step, life, entered.resource());
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            exclusive.getOrDefault(life, new TreeSet<>()).remove(exited.resource());
        } else if (event instanceof Event.Acted acted) {
            countIf(!acted.accepted(), Point.STALE_ACT_REFUSED);
        } else if (event instanceof Event.FenceAnswer answer) {
            answered(answer);
        } else if (event instanceof Event.OperationEnded ended && !ended.ok()) {
            countIf(ended.operation().equals("stop") || ended.operation().equals("demote"), Point.STOP_FAILED);
            stopFailures.put(life, step.atNanos());
        }
    }

    private void died(TraceRecord step, LifeId life, Event.NodeDied died) {
        running.remove(step.node());
        countIf(running.isEmpty(), Point.WHOLE_CLUSTER_DOWN);
        countIf(died.cause().equals("left"), Point.CLEAN_LEAVE);
        countIf(openRequests.remove(life) != null, Point.REQUESTER_DIED);
        countIf(Boolean.TRUE.equals(controllers.remove(life)), Point.CONTROLLER_DIED);
        countIf(stopFailures.remove(life) != null && died.cause().startsWith("fenced"), Point.STOP_FAILED_THEN_FENCED);
        exclusive.remove(life);
        frozen.remove(life);
        replacedInSleep.remove(life);
    }

    private void entered(TraceRecord step, LifeId life, String resource) {
        exclusive.forEach((other, resources) -> {
            if (frozen.contains(other) && resources.contains(resource)) {
                replacedInSleep.add(other);
            }
        });
        exclusive.computeIfAbsent(life, key -> new TreeSet<>()).add(resource);
        Integer before = lastHolder.put(resource, step.node());
        countIf(before != null && before != step.node(), Point.TERM_TAKEN_OVER);
    }

    private void answered(Event.FenceAnswer answer) {
        boolean confirmed = answer.answer().equals("Confirmed");
        countIf(confirmed && answer.hostOff(), Point.FENCE_CONFIRMED);
        countIf(confirmed && !answer.hostOff(), Point.FENCE_LIED);
        countIf(answer.answer().equals("Failed"), Point.FENCE_FAILED);
        countIf(answer.answer().equals("Unknown"), Point.FENCE_UNKNOWN);
        countIf(answer.answer().equals("Unknown") && answer.hostOff(), Point.FENCE_DONE_BUT_UNKNOWN);
        Long earlier = confirmed ? fenceAnswers.remove(answer.target().value()) : null;
        countIf(earlier != null, Point.FENCE_TRIED_AGAIN);
        if (!confirmed) {
            fenceAnswers.put(answer.target().value(), 1L);
        }
    }
}
