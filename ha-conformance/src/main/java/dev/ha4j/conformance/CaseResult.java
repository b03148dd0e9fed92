package dev.ha4j.conformance;

import java.util.List;

/**
 * How one case came out.
 *
 * @param failure why it could not be run; empty if it was
 */
record CaseResult(
        String name,
        List<String> tags,
        String failure,
        Difference before,
        Difference after,
        Difference actions,
        Difference edges,
        Difference scores) {

    private static final Difference NONE = new Difference(List.of(), List.of());

    static CaseResult failed(String name, List<String> tags, String failure) {
        return new CaseResult(name, tags, failure, NONE, NONE, NONE, NONE, NONE);
    }

    /** Whether it agrees at this level: 1 for the final status, 2 for the actions, 3 for their order, 4 for the scores. */
    boolean exact(int level) {
        return failure.isEmpty()
                && switch (level) {
                    case 1 -> after.isEmpty();
                    case 2 -> actions.isEmpty();
                    case 4 -> scores.isEmpty();
                    default -> actions.isEmpty() && edges.isEmpty();
                };
    }

    boolean exact() {
        return exact(1) && exact(3);
    }

    /** The first thing that is not as it was recorded. */
    String reason() {
        if (!failure.isEmpty()) {
            return failure;
        }
        if (!before.isEmpty()) {
            return "reads the status otherwise: " + first(before);
        }
        if (!actions.isEmpty()) {
            return "other actions (" + count(actions) + "): " + first(actions);
        }
        if (!edges.isEmpty()) {
            return "other order (" + count(edges) + "): " + first(edges);
        }
        return "other end: " + first(after);
    }

    private static String count(Difference difference) {
        return "-" + difference.missing().size() + " +" + difference.surplus().size();
    }

    private static String first(Difference difference) {
        return difference.missing().isEmpty()
                ? "+ " + difference.surplus().get(0)
                : "- " + difference.missing().get(0);
    }
}
