package dev.ha4j.cli;

import dev.ha4j.resources.policy.Plan;
import java.util.List;

/** A plan as text for Graphviz. */
final class PlanDot {
    private PlanDot() {}

    static String of(Plan plan) {
        StringBuilder out = new StringBuilder("digraph \"plan\" {\n");
        out.append("  rankdir = \"LR\"\n");
        out.append("  node [shape=box fontname=\"Helvetica\" style=\"rounded,filled\"]\n");
        List<Plan.Step> steps = plan.steps();
        for (int i = 0; i < steps.size(); i++) {
            StepLabel label = StepLabel.of(steps.get(i));
            String text = label.what() + (label.where().isEmpty() ? "" : "\n" + label.where());
            out.append("  s").append(i).append(" [label=").append(quoted(text));
            out.append(" fillcolor=\"")
                    .append(label.fill())
                    .append("\" color=\"")
                    .append(label.stroke())
                    .append('"');
            out.append(label.dashed() ? " style=\"rounded,filled,dashed\"" : "").append("]\n");
        }
        for (int i = 0; i < steps.size(); i++) {
            for (int first : steps.get(i).after()) {
                out.append("  s").append(first).append(" -> s").append(i).append('\n');
            }
        }
        return out.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
