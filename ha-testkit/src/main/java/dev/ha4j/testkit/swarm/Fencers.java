package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** Notices when a node has an order to fence another, so that something can happen to it in the middle of that. */
final class Fencers implements TraceListener {

    private final Deque<Consumer<NodeId>> waiting = new ArrayDeque<>();

    /** The task gets the next node that has one, once. */
    void next(Consumer<NodeId> task) {
        waiting.addLast(task);
    }

    @Override
    public void on(TraceRecord step) {
        if (!waiting.isEmpty() && step.event() instanceof Event.StateApplied applied) {
            NodeId self = step.nodeId();
            Optional<FenceOperation> ordered = applied.state()
                    .fencing()
                    .open()
                    .values()
                    .filter(open -> open.underWay() && open.executor().equals(self))
                    .findFirst();
            if (ordered.isPresent()) {
                waiting.removeFirst().accept(self);
            }
        }
    }
}
