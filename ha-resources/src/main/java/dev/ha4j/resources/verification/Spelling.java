package dev.ha4j.resources.verification;

import java.util.Collection;
import java.util.Optional;

/** Guesses what was meant. */
final class Spelling {
    private static final int FURTHEST = 2;

    private Spelling() {}

    /** What to do about a name that is not among the known ones. */
    static String remedy(String written, Collection<String> known, String otherwise) {
        return nearest(written, known).map(name -> "did you mean " + name + "?").orElse(otherwise);
    }

    private static Optional<String> nearest(String written, Collection<String> known) {
        String hyphens = written.replace('_', '-');
        String best = null;
        int least = Math.min(FURTHEST, Math.max(1, written.length() / 3)) + 1;
        for (String name : known) {
            int distance = distance(hyphens, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to be changed, added or taken away (Levenshtein). */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
