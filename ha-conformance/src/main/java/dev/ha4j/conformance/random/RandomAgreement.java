package dev.ha4j.conformance.random;

import dev.ha4j.conformance.Difference;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How often the policy engine and an older reference decide the same about random clusters. */
public final class RandomAgreement {
    /** What a check ends with that can't be run here. */
    private static final int SKIPPED = 77;

    private final PrintStream out;

    /** Prints to this stream. */
    public RandomAgreement(PrintStream out) {
        this.out = out;
    }

    /** Compares so many clusters from this seed on; or shows the first, taken apart. Returns an exit code. */
    public int run(long seed, int count, boolean shrink) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-agreement-");
        try {
            Optional<Reference> reference = Reference.find(folder);
            if (reference.isEmpty()) {
                out.println("crm_simulate is not installed (Debian: pacemaker-cli-utils)");
                return SKIPPED;
            }
            return shrink ? show(seed, reference.get()) : compare(seed, count, reference.get());
        } finally {
            delete(folder);
        }
    }

    private int compare(long first, int count, Reference reference) throws IOException, InterruptedException {
        int agreed = 0;
        int sameActions = 0;
        int refused = 0;
        for (long seed = first; seed < first + count; seed++) {
            Comparison comparison = Comparison.of(RandomCluster.of(seed), reference);
            if (comparison.refused()) {
                refused++;
            } else if (comparison.agree()) {
                agreed++;
                sameActions += comparison.sameActions() ? 1 : 0;
            } else {
                out.println("seed " + seed + ": " + comparison.failure() + line(comparison.after()));
            }
        }
        int compared = count - refused;
        out.printf(
                "%d random clusters against %s: %d agree at L1 (%.1f %%), %d of these at L2; refused %d%n",
                compared, reference.version(), agreed, 100.0 * agreed / Math.max(1, compared), sameActions, refused);
        return 0;
    }

    private static String line(Difference difference) {
        StringBuilder line = new StringBuilder();
        difference.missing().forEach(each -> line.append(" -").append(each));
        difference.surplus().forEach(each -> line.append(" +").append(each));
        return line.toString();
    }

    private int show(long seed, Reference reference) throws IOException, InterruptedException {
        Xml cib = RandomCluster.of(seed);
        Shrinker.shrink(cib, reference);
        Comparison comparison = Comparison.of(cib, reference);
        out.println(cib);
        out.println("before:" + line(comparison.before()));
        out.println("actions:" + line(comparison.actions()));
        out.println("after:" + line(comparison.after()));
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
