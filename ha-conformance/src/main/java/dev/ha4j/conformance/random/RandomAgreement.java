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

    /** What clusters of our own have. */
    public enum Kind {
        /** Members alone. */
        MEMBERS,
        /** Remote and guest nodes, too. */
        REMOTE_NODES,
        /** Bundles, too. */
        BUNDLES
    }

    /**
     * What to do.
     *
     * @param variationsOf a folder of recorded inputs that are changed; empty makes clusters of our own
     * @param kind what the clusters of our own have
     * @param seed the first cluster
     * @param count how many are compared
     * @param shrink shows the first, taken apart, instead
     * @param causes takes each apart on which they differ, and sorts them by what is left
     * @param level what has to be the same: 1 for the status in the end, 2 for the actions, 3 for their order
     * @param floorPercent fails if fewer agree on the status in the end
     */
    public record Order(
            Optional<Path> variationsOf,
            Kind kind,
            long seed,
            int count,
            boolean shrink,
            boolean causes,
            int level,
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
                    : seed -> RandomCluster.of(seed, order.kind());
            return order.shrink()
                    ? show(clusters.of(order.seed()), reference.get(), order.level())
                    : compare(order, clusters, reference.get());
        } finally {
            delete(folder);
        }
    }

    private int compare(Order order, Clusters clusters, Reference reference) throws IOException, InterruptedException {
        Tally tally = new Tally();
        Causes causes = new Causes(reference, order.level());
        for (long seed = order.seed(); seed < order.seed() + order.count(); seed++) {
            Xml cib = clusters.of(seed);
            Comparison comparison = Comparison.of(cib, reference);
            tally.add(comparison);
            if (!comparison.refused() && !comparison.agree(order.level())) {
                out.println("seed " + seed + ": " + comparison.failure() + line(comparison.at(order.level())));
                if (order.causes()) {
                    causes.add(seed, cib, comparison);
                }
            }
        }
        causes.print(out);
        out.println(tally.describe(
                order.variationsOf().isPresent() ? "changed inputs" : "random clusters", reference.version()));
        return tally.percent(1) < order.floorPercent() ? 1 : 0;
    }

    private static String line(Difference difference) {
        StringBuilder line = new StringBuilder();
        difference.missing().forEach(each -> line.append(" -").append(each));
        difference.surplus().forEach(each -> line.append(" +").append(each));
        return line.toString();
    }

    private int show(Xml cib, Reference reference, int level) throws IOException, InterruptedException {
        Shrinker.shrink(cib, reference, level);
        Comparison comparison = Comparison.of(cib, reference);
        out.println(cib);
        out.println("before:" + line(comparison.before()));
        out.println("actions:" + line(comparison.actions()));
        out.println("order:" + line(comparison.edges()));
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
