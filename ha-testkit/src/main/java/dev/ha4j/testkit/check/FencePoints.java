package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/** Points of fencing. */
final class FencePoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<Integer, Integer> failedBy = new TreeMap<>();
    private final TreeSet<LifeId> fencers = new TreeSet<>();

    FencePoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.FenceAnswer answer) {
            answered(step, answer);
        } else if (step.event() instanceof Event.FenceRecorded recorded) {
            counter.countIf(recorded.outcome().equals("CONFIRMED_BY_HUMAN"), Point.FENCE_BY_HUMAN);
            counter.countIf(recorded.outcome().equals("OBSOLETE"), Point.FENCE_OBSOLETE);
        } else if (step.event() instanceof Event.NodeStarted) {
            failedBy.remove(step.node());
        } else if (step.event() instanceof Event.StateApplied applied) {
            ordered(step, applied.state().fencing());
        } else if (step.event() instanceof Event.NodeFroze) {
            counter.countIf(fencers.contains(LifeId.of(step)), Point.FENCER_FROZEN);
        } else if (step.event() instanceof Event.NodeDied) {
            fencers.remove(LifeId.of(step));
        }
    }

    private void ordered(TraceRecord step, FenceLedger fencing) {
        NodeId self = step.nodeId();
        if (fencing.open()
                .values()
                .anyMatch(open -> open.underWay() && open.executor().equals(self))) {
            fencers.add(LifeId.of(step));
        } else {
            fencers.remove(LifeId.of(step));
        }
    }

    private void answered(TraceRecord step, Event.FenceAnswer answer) {
        boolean confirmed = answer.answer().equals("Confirmed");
        counter.countIf(confirmed && answer.hostOff(), Point.FENCE_CONFIRMED);
        counter.countIf(confirmed && !answer.hostOff(), Point.FENCE_LIED);
        counter.countIf(answer.answer().equals("Failed"), Point.FENCE_FAILED);
        counter.countIf(answer.answer().equals("Unknown"), Point.FENCE_UNKNOWN);
        counter.countIf(answer.answer().equals("Unknown") && answer.hostOff(), Point.FENCE_DONE_BUT_UNKNOWN);
        int target = answer.target().value();
        if (confirmed) {
            Integer earlier = failedBy.remove(target);
            counter.countIf(earlier != null, Point.FENCE_TRIED_AGAIN);
            counter.countIf(earlier != null && earlier != step.node(), Point.FENCE_BY_ANOTHER);
        } else {
            failedBy.put(target, step.node());
        }
    }
}
