package dev.ha4j.conformance.random;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sorts disagreements by what they come from: what is known to have changed since, and what is left of a cluster that was taken apart. */
final class Causes {
    private final Reference reference;
    private final int level;
    private final Map<VersionDifference, List<Long>> known = new EnumMap<>(VersionDifference.class);
    private final Map<String, List<Long>> unexplained = new TreeMap<>();

    Causes(Reference reference, int level) {
        this.reference = reference;
        this.level = level;
    }

    /** Takes the cluster apart, unless it can be seen as it is. */
    void add(long seed, Xml cib, Comparison comparison) throws IOException, InterruptedException {
        if (!comparison.failure().isEmpty()) {
            unexplained
                    .computeIfAbsent("ours fails", cause -> new ArrayList<>())
                    .add(seed);
            return;
        }
        Optional<VersionDifference> cause =
                comparison.isShownOtherwise() ? VersionDifference.of(new Remains(cib, comparison)) : Optional.empty();
        if (cause.isEmpty()) {
            Shrinker.shrink(cib, reference, level);
            cause = VersionDifference.of(new Remains(cib, Comparison.of(cib, reference)));
        }
        if (cause.isPresent()) {
            known.computeIfAbsent(cause.get(), difference -> new ArrayList<>()).add(seed);
        } else {
            unexplained
                    .computeIfAbsent(Remainder.of(cib), traits -> new ArrayList<>())
                    .add(seed);
        }
    }

    void print(PrintStream out) {
        known.forEach((cause, seeds) ->
                out.println(seeds.size() + " x since " + cause.since + ", " + cause.rule + ": " + seeds));
        unexplained.forEach(
                (traits, seeds) -> out.println(seeds.size() + " x not explained, " + traits + ": " + seeds));
    }
}
