package dev.ha4j.controller.engine;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.Announce;
import dev.ha4j.controller.command.StateCommand.CancelMonitor;
import dev.ha4j.controller.command.StateCommand.ClearFailures;
import dev.ha4j.controller.command.StateCommand.Dismiss;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import dev.ha4j.controller.command.StateCommand.OrderFence;
import dev.ha4j.controller.command.StateCommand.OrderOperation;
import dev.ha4j.controller.command.StateCommand.RaiseFeatureLevel;
import dev.ha4j.controller.command.StateCommand.Tick;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.PlannedAction;
import java.util.Optional;

/** What a command that was applied means for the transition under way. Pure. */
public sealed interface Expectation {

    /** The plan foresaw it, or it changes nothing that plans depend on. */
    record Neutral() implements Expectation {}

    /** It ends this action well. */
    record Ends(PlannedAction action) implements Expectation {}

    /** The plan did not foresee it: a new plan is needed. */
    record Surprise() implements Expectation {}

    /**
     * What a command means to the transition under way.
     *
     * @param before the state to which the command was applied
     */
    static Expectation of(TransitionEngine engine, ClusterState before, ClusterState after, StateCommand command) {
        if (command instanceof OrderOperation
                || command instanceof Announce
                || command instanceof OrderFence
                || command instanceof RaiseFeatureLevel
                || command instanceof Tick) {
            return new Neutral();
        }
        return ended(engine, before, after, command).<Expectation>map(Ends::new).orElseGet(Surprise::new);
    }

    private static Optional<PlannedAction> ended(
            TransitionEngine engine, ClusterState before, ClusterState after, StateCommand command) {
        if (command instanceof FinishOperation finish && finish.key().isNotice()) {
            return engine.operationUnderWay(finish.key());
        }
        if (command instanceof FinishOperation finish) {
            return isAsExpected(before, after, finish) ? engine.operationUnderWay(finish.key()) : Optional.empty();
        }
        if (command instanceof FinishFence finish) {
            return finish.outcome() == FenceOutcome.CONFIRMED
                    ? engine.underWay(action -> isFence(action, finish.target()))
                    : Optional.empty();
        }
        if (command instanceof CancelMonitor cancel) {
            return engine.underWay(action -> action instanceof Action.Cancel planned
                    && planned.node().equals(cancel.key().node())
                    && planned.resource().equals(cancel.key().resource())
                    && planned.intervalMillis() == cancel.key().intervalMillis());
        }
        if (command instanceof ClearFailures clear) {
            return engine.underWay(action -> action instanceof Action.ClearFailures planned
                    && planned.node().equals(clear.node())
                    && planned.resource().equals(clear.resource()));
        }
        if (command instanceof Dismiss dismiss) {
            return engine.underWay(action ->
                    action instanceof Action.Dismiss planned && planned.node().equals(dismiss.node()));
        }
        return Optional.empty();
    }

    /** The operation came back with what the plan counts on, and said nothing new. */
    static boolean isAsExpected(ClusterState before, ClusterState after, FinishOperation finish) {
        boolean well = after.history()
                .get(finish.key())
                .filter(record -> !record.isPending() && !record.isFailed() && record.code() == record.expected())
                .isPresent();
        NodeId node = finish.key().node();
        return well
                && before.node(node).promotionScores().equals(after.node(node).promotionScores());
    }

    static boolean isFence(Action action, NodeId target) {
        return action instanceof Action.Fence fence && fence.target().equals(target);
    }
}
