package dev.ha4j.conformance.random;

import dev.ha4j.conformance.Difference;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /**
     * What to do.
     *
     * @param variationsOf a folder of recorded inputs that are changed; empty makes clusters of our own
     * @param remote makes clusters with remote and guest nodes
     * @param seed the first cluster
     * @param count how many are compared
     * @param shrink shows the first, taken apart, instead
     * @param causes takes each apart on which they differ, and sorts them by what is left
     * @param floorPercent fails if fewer agree
     */
    public record Order(
            Optional<Path> variationsOf,
            boolean remote,
            long seed,
            int count,
            boolean shrink,
            boolean causes,
            double floorPercent) {}

    /** Returns an exit code. */
    public int run(Order order) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-agreement-");
        try {
            Optional<Reference> reference = Reference.find(folder);
            if (reference.isEmpty()) {
                out.println("crm_simulate is not installed (Debian: pacemaker-cli-utils)");
                return SKIPPED;
            }
            Clusters clusters = order.variationsOf().isPresent()
                    ? Variations.of(order.variationsOf().get(), reference.get())
                    : order.remote() ? RandomCluster::withRemoteNodes : RandomCluster::of;
            return order.shrink()
                    ? show(clusters.of(order.seed()), reference.get())
                    : compare(order, clusters, reference.get());
        } finally {
            delete(folder);
        }
    }

    private int compare(Order order, Clusters clusters, Reference reference) throws IOException, InterruptedException {
        Tally tally = new Tally();
        Map<String, List<Long>> causes = new TreeMap<>();
        for (long seed = order.seed(); seed < order.seed() + order.count(); seed++) {
            Xml cib = clusters.of(seed);
            Comparison comparison = Comparison.of(cib, reference);
            tally.add(comparison);
            if (!comparison.refused() && !comparison.agree()) {
                out.println("seed " + seed + ": " + comparison.failure() + line(comparison.after()));
                if (order.causes()) {
                    causes.computeIfAbsent(cause(cib, comparison, reference), cause -> new ArrayList<>())
                            .add(seed);
                }
            } else if (order.variationsOf().isPresent() && !comparison.actions().isEmpty()) {
                out.println("seed " + seed + ", actions only:" + line(comparison.actions()));
            }
        }
        causes.forEach((cause, seeds) -> out.println(seeds.size() + " x " + cause + ": " + seeds));
        out.println(tally.describe(
                order.variationsOf().isPresent() ? "changed inputs" : "random clusters", reference.version()));
        return tally.percent() < order.floorPercent() ? 1 : 0;
    }

    private static String cause(Xml cib, Comparison comparison, Reference reference)
            throws IOException, InterruptedException {
        if (!comparison.failure().isEmpty()) {
            return "ours fails";
        }
        if (comparison.before().equals(comparison.after())) {
            return "the same plan, but a status that is shown otherwise before and after";
        }
        Shrinker.shrink(cib, reference);
        return Remainder.of(cib);
    }

    /** How many of which. */
    private static final class Tally {
        private int compared;
        private int agreed;
        private int sameActions;
        private int refused;

        void add(Comparison comparison) {
            if (comparison.refused()) {
                refused++;
                return;
            }
            compared++;
            if (comparison.agree()) {
                agreed++;
                sameActions += comparison.sameActions() ? 1 : 0;
            }
        }

        double percent() {
            return 100.0 * agreed / Math.max(1, compared);
        }

        String describe(String what, String version) {
            return String.format(
                    Locale.ROOT,
                    "%d %s against %s: %d agree at L1 (%.1f %%), %d of these at L2; it can't do %d more",
                    compared,
                    what,
                    version,
                    agreed,
                    percent(),
                    sameActions,
                    refused);
        }
    }

    private static String line(Difference difference) {
        StringBuilder line = new StringBuilder();
        difference.missing().forEach(each -> line.append(" -").append(each));
        difference.surplus().forEach(each -> line.append(" +").append(each));
        return line.toString();
    }

    private int show(Xml cib, Reference reference) throws IOException, InterruptedException {
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
