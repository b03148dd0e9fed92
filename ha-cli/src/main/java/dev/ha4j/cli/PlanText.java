package dev.ha4j.cli;

import dev.ha4j.resources.policy.Change;
import dev.ha4j.resources.policy.Execution;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Plan.Step;
import dev.ha4j.resources.policy.Role;
import dev.ha4j.resources.policy.ScoreLog;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A plan, in the layout that operators of Pacemaker know. */
final class PlanText {
    private PlanText() {}

    static void changes(List<Change> changes, StringBuilder out) {
        int width = widest(changes, Change::subject);
        int placeWidth = widest(changes, PlanText::place);
        if (changes.isEmpty()) {
            out.append("  * Nothing to do\n");
        }
        for (Change change : changes) {
            out.append("  * ")
                    .append(isOfNode(change) ? ofNode(change) : ofResource(change, width, placeWidth))
                    .append('\n');
        }
    }

    private static boolean isOfNode(Change change) {
        return change.what() == Change.What.FENCE || change.what() == Change.What.SHUTDOWN;
    }

    private static String ofNode(Change change) {
        String detail = change.detail() == null ? "" : " (" + change.detail() + ")";
        String reason = change.reason() == null ? "" : " '" + change.reason() + "'";
        String launcher = change.from() == null ? "" : " (resource: " + change.from() + ")";
        return change.what() + detail + " " + change.subject() + launcher + reason;
    }

    private static int widest(List<Change> changes, Function<Change, String> column) {
        return changes.stream()
                .filter(change -> !isOfNode(change))
                .mapToInt(change -> column.apply(change).length())
                .max()
                .orElse(1);
    }

    private static String ofResource(Change change, int width, int placeWidth) {
        String format = "%-10s %-" + width + "s   ( %" + placeWidth + "s )%s";
        return String.format(Locale.ROOT, format, change.what(), change.subject(), place(change), ending(change));
    }

    private static String ending(Change change) {
        if (change.reason() == null) {
            return change.blocked() ? "  blocked" : "";
        }
        return "  due to " + change.reason() + (change.blocked() ? " (blocked)" : "");
    }

    /** Roles are shown where they say more than that the resource runs. */
    private static String place(Change change) {
        String from = role(change.fromRole()) + text(change.from());
        String to = role(change.toRole()) + text(change.to());
        boolean stays = change.from() != null && change.from().equals(change.to());
        return switch (change.what()) {
            case PROMOTE, DEMOTE, REPROMOTE -> change.fromRole() + " -> " + change.toRole() + " " + text(change.to());
            case STOP -> from;
            case START -> text(change.to());
            default ->
                stays
                        ? (change.fromRole() == change.toRole()
                                ? from
                                : from + " -> " + role(change.toRole()).strip())
                        : from + " -> " + to;
        };
    }

    private static String role(Role role) {
        return role == Role.PROMOTED || role == Role.UNPROMOTED ? role + " " : "";
    }

    private static String text(@org.jspecify.annotations.Nullable String node) {
        return node == null ? "" : node;
    }

    static void execution(Plan plan, Execution.Result result, StringBuilder out) {
        for (int index : result.begun()) {
            line(plan.steps().get(index), out);
        }
        result.failed()
                .ifPresent(failure -> out.append("  * Failed:          ")
                        .append(failure)
                        .append("; the rest of the plan is not carried out\n"));
    }

    private static void line(Step step, StringBuilder out) {
        String text = switch (step.kind()) {
            case PSEUDO -> "Pseudo action:   " + step.key() + (step.node() == null ? "" : " on " + step.node());
            case RESOURCE ->
                String.format(
                        Locale.ROOT,
                        "Resource action: %-15s %s on %s",
                        step.shownId(),
                        step.task() + (step.intervalMillis() > 0 ? "=" + step.intervalMillis() : ""),
                        step.node());
            case CLUSTER ->
                step.task().equals("stonith")
                        ? "Fencing " + step.node() + " ("
                                + step.key().substring(step.key().lastIndexOf('-') + 1) + ")"
                        : "Cluster action:  " + step.task() + (step.resource() == null ? "" : " for " + step.resource())
                                + " on " + step.node();
        };
        out.append("  * ").append(text).append('\n');
    }

    static void scores(List<ScoreLog.Score> scores, StringBuilder out) {
        for (ScoreLog.Score score : scores) {
            out.append("  ")
                    .append(score.kind().name().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(score.resource());
            out.append(score.kind() == ScoreLog.Kind.PROMOTION ? " promotion score on " : " on ");
            out.append(score.node() == null ? "no node" : score.node())
                    .append(": ")
                    .append(score(score.score()))
                    .append('\n');
        }
    }

    static String score(int score) {
        return Math.abs(score) < 1_000_000 ? Integer.toString(score) : score > 0 ? "INFINITY" : "-INFINITY";
    }
}
