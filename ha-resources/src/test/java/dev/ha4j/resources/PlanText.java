package dev.ha4j.resources;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import java.util.Locale;

/** A plan as people read it. */
final class PlanText {

    private PlanText() {}

    static String of(ClusterState state, Transition plan) {
        StringBuilder text = new StringBuilder();
        for (PlannedAction planned : plan.actions()) {
            text.append(planned.id()).append("  ").append(of(state, planned.action()));
            if (!planned.after().isEmpty()) {
                text.append("  after ").append(planned.after());
            }
            text.append('\n');
        }
        plan.blocked()
                .forEach(blockage -> text.append("blocked ")
                        .append(blockage.resource())
                        .append(": ")
                        .append(blockage.reason())
                        .append('\n'));
        plan.recheckAt()
                .ifPresent(at ->
                        text.append("recheck at ").append(at.toEpochMilli()).append(" ms\n"));
        return text.isEmpty() ? "nothing to do\n" : text.toString();
    }

    static String of(ClusterState state, Action action) {
        if (action instanceof Action.Operate operate) {
            String what = operate.operation() == OperationName.MONITOR && operate.intervalMillis() == 0
                    ? "probe"
                    : operate.operation().name().toLowerCase(Locale.ROOT);
            String every = operate.intervalMillis() == 0 ? "" : " every " + operate.intervalMillis() + " ms";
            String term = operate.exclusive() ? " in a term" : "";
            return what + " " + operate.resource() + every + " on "
                    + state.policy().nameOf(operate.node()) + term + " (" + operate.reason() + ")";
        }
        if (action instanceof Action.Fence fence) {
            return "fence " + state.policy().nameOf(fence.target()) + " (" + fence.reason() + ")";
        }
        if (action instanceof Action.Cancel cancel) {
            return "cancel monitor " + cancel.resource() + " every " + cancel.intervalMillis() + " ms on "
                    + state.policy().nameOf(cancel.node());
        }
        if (action instanceof Action.ClearFailures clear) {
            return "clear failures of " + clear.resource() + " on "
                    + state.policy().nameOf(clear.node());
        }
        if (action instanceof Action.Dismiss dismiss) {
            return "dismiss " + state.policy().nameOf(dismiss.node());
        }
        return action.toString();
    }
}
