package dev.ha4j.conformance.random;

import dev.ha4j.cib.CibException;
import dev.ha4j.conformance.Decided;
import dev.ha4j.conformance.Difference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One cluster in both schedulers.
 *
 * @param refused whether the reference would not have it
 */
record Comparison(
        boolean refused, String failure, Difference before, Difference after, Difference actions, Difference edges) {
    private static final Difference NONE = new Difference(List.of(), List.of());

    static Comparison of(Xml cib, Reference reference) throws IOException, InterruptedException {
        String text = cib.toString();
        Optional<Reference.Decision> decision = reference.decide(text);
        if (decision.isEmpty()) {
            return new Comparison(true, "", NONE, NONE, NONE, NONE);
        }
        try {
            Decided ours =
                    Decided.decide(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.empty());
            return new Comparison(
                    false,
                    "",
                    Difference.of(decision.get().before(), ours.before()),
                    Difference.of(decision.get().after(), ours.after()),
                    Difference.of(decision.get().actions(), ours.actions()),
                    Difference.of(decision.get().edges(), ours.edges()));
        } catch (CibException | RuntimeException | StackOverflowError e) {
            return new Comparison(false, e.toString(), NONE, NONE, NONE, NONE);
        }
    }

    /** Where they differ: at level 1 in the status in the end, at 2 in the actions, at 3 in their order. */
    Difference at(int level) {
        return switch (level) {
            case 1 -> after;
            case 2 -> actions;
            default -> edges;
        };
    }

    /** Whether both decided the same as far as this level looks. */
    boolean agree(int level) {
        return failure.isEmpty() && at(level).isEmpty() && (level < 3 || actions.isEmpty());
    }

    /** Whether they differ in the end though they do the same, or in nothing but what they showed otherwise from the start. */
    boolean isShownOtherwise() {
        return failure.isEmpty() && !after.isEmpty() && (actions.isEmpty() || before.equals(after));
    }
}
