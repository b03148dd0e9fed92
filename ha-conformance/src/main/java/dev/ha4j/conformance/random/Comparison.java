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
record Comparison(boolean refused, String failure, Difference before, Difference after, Difference actions) {
    private static final Difference NONE = new Difference(List.of(), List.of());

    static Comparison of(Xml cib, Reference reference) throws IOException, InterruptedException {
        String text = cib.toString();
        Optional<Reference.Decision> decision = reference.decide(text);
        if (decision.isEmpty()) {
            return new Comparison(true, "", NONE, NONE, NONE);
        }
        try {
            Decided ours =
                    Decided.decide(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.empty());
            return new Comparison(
                    false,
                    "",
                    Difference.of(decision.get().before(), ours.before()),
                    Difference.of(decision.get().after(), ours.after()),
                    Difference.of(decision.get().actions(), ours.actions()));
        } catch (CibException | RuntimeException | StackOverflowError e) {
            return new Comparison(false, e.toString(), NONE, NONE, NONE);
        }
    }

    /** Whether both end with the same status. */
    boolean agree() {
        return failure.isEmpty() && after.isEmpty();
    }

    boolean sameActions() {
        return failure.isEmpty() && actions.isEmpty();
    }
}
