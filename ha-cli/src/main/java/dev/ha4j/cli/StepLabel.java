package dev.ha4j.cli;

import dev.ha4j.resources.policy.Plan.Kind;
import dev.ha4j.resources.policy.Plan.Step;

/** How a step is named and coloured in pictures. */
record StepLabel(String what, String where, String fill, String stroke, boolean dashed) {

    static StepLabel of(Step step) {
        String where = step.node() == null ? "" : step.node();
        if (step.kind() == Kind.PSEUDO) {
            return new StepLabel(step.key(), where, "#f7f7f7", "#9a9a9a", true);
        }
        String what = step.kind() == Kind.RESOURCE
                ? step.shownId() + " " + step.task() + (step.intervalMillis() > 0 ? "=" + step.intervalMillis() : "")
                : step.key();
        return switch (step.task()) {
            case "stonith" -> new StepLabel("fence " + where, "", "#f8c9c4", "#b3261e", false);
            case "stop", "demote" -> new StepLabel(what, where, "#fde3c3", "#b35c00", false);
            case "start", "promote" -> new StepLabel(what, where, "#cfe8d2", "#2e7d32", false);
            case "migrate_to", "migrate_from", "reload-agent" ->
                new StepLabel(what, where, "#d8dcf5", "#3949ab", false);
            case "monitor", "notify" -> new StepLabel(what, where, "#e3eef7", "#5b8db8", false);
            default -> new StepLabel(what, where, "#ece3f3", "#7b5c9b", false);
        };
    }
}
