package dev.ha4j.cib;

import dev.ha4j.resources.config.Scores;
import org.jspecify.annotations.Nullable;

/** Numbers as the reference reads them: leading blanks and a sign, then digits; what follows is ignored. */
final class Scalar {
    private Scalar() {}

    static long integer(@Nullable String text) {
        return Scores.parseLong(text == null ? "" : text).orElse(0);
    }

    static int score(@Nullable String text, int absent) {
        return text == null ? absent : Scores.parse(text).orElse(absent);
    }
}
