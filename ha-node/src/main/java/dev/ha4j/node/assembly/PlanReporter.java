package dev.ha4j.node.assembly;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.Blockage;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Transition;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says a plan in words. */
record PlanReporter(ClusterPolicy policy) {

    PlanReport report(Transition plan) {
        List<PlanReport.Step> steps = plan.actions().stream().map(this::step).toList();
        List<String> blocked = plan.blocked().stream().map(Blockage::reason).toList();
        return new PlanReport(steps, blocked, scores(plan));
    }

    private PlanReport.Step step(PlannedAction planned) {
        Action action = planned.action();
        return new PlanReport.Step(planned.id(), words(action), reason(action), planned.after());
    }

    private String words(Action action) {
        if (action instanceof Action.Operate operate) {
            return verb(operate) + " " + operate.resource() + " on " + policy.nameOf(operate.node())
                    + (operate.exclusive() ? " in a term" : "");
        }
        if (action instanceof Action.Announce announce) {
            return "tell " + announce.resource() + " on " + policy.nameOf(announce.node()) + " of the "
                    + announce.intent().operation().name().toLowerCase(Locale.ROOT) + " on "
                    + announce.intent().nodes().stream().map(policy::nameOf).toList();
        }
        if (action instanceof Action.Fence fence) {
            return "fence " + policy.nameOf(fence.target());
        }
        if (action instanceof Action.Cancel cancel) {
            return "cancel a monitor of " + cancel.resource() + " on " + policy.nameOf(cancel.node());
        }
        if (action instanceof Action.ClearFailures clear) {
            return "forget failures of " + clear.resource() + " on " + policy.nameOf(clear.node());
        }
        if (action instanceof Action.Dismiss dismiss) {
            return "let " + policy.nameOf(dismiss.node()) + " go";
        }
        return String.valueOf(action);
    }

    private static String verb(Action.Operate operate) {
        boolean probe = operate.operation() == OperationName.MONITOR && operate.intervalMillis() == 0;
        return probe
                ? "probe"
                : operate.operation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String reason(Action action) {
        if (action instanceof Action.Operate operate) {
            return operate.reason();
        }
        return action instanceof Action.Fence fence ? fence.reason() : "";
    }

    private SortedMap<String, SortedMap<String, PlanReport.NodeScore>> scores(Transition plan) {
        TreeMap<String, SortedMap<String, PlanReport.NodeScore>> all = new TreeMap<>();
        plan.placement().scores().forEach((resource, nodes) -> {
            TreeMap<String, PlanReport.NodeScore> byName = new TreeMap<>();
            nodes.forEach((node, score) -> {
                List<String> parts = score.contributions().stream()
                        .map(part -> part.score() + " " + part.reason())
                        .toList();
                byName.put(policy.nameOf(node), new PlanReport.NodeScore(score.total(), parts));
            });
            all.put(resource, byName);
        });
        return all;
    }
}
