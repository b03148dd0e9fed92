package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.ring.node.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** Prints a line for each run, as it ends: everybody's figure, and how ha4j's compares. */
final class ResultTable {

    private static final String OURS = "ha4j";

    private final List<String> contenders;
    private boolean pacedBefore;
    private boolean begun;

    ResultTable(List<String> contenders) {
        this.contenders = contenders;
    }

    void add(Workload workload, Map<String, Figures> row) {
        if (!begun || pacedBefore != workload.perSecond() > 0) {
            title(workload);
        }
        begun = true;
        pacedBefore = workload.perSecond() > 0;
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%7d x %d", workload.sizeBytes(), workload.senders()));
        for (String contender : contenders) {
            Figures figures = row.get(contender);
            line.append(String.format(Locale.ROOT, "%20s", figures == null ? "-" : cell(workload, figures)));
        }
        System.out.println(line.append("   ").append(ratios(workload, row)));
    }

    void end() {
        System.out.println("load at the end: " + Machine.load());
    }

    private void title(Workload workload) {
        System.out.println(
                workload.perSecond() == 0
                        ? "\nmessages delivered per second at the slowest of three nodes; > 1 is ours the faster"
                        : "\np50 / p99 of send to self-delivery in microseconds at " + workload.perSecond()
                                + " messages per second in all; < 1 is ours the faster");
        StringBuilder head = new StringBuilder(String.format("%11s", "size x from"));
        contenders.forEach(contender -> head.append(String.format("%20s", contender)));
        System.out.println(head);
    }

    private static String cell(Workload workload, Figures figures) {
        return workload.perSecond() == 0
                ? String.format(Locale.ROOT, "%,d", figures.perSecond())
                : String.format(Locale.ROOT, "%,d / %,d", figures.p50Nanos() / 1000, figures.p99Nanos() / 1000);
    }

    private String ratios(Workload workload, Map<String, Figures> row) {
        if (workload.perSecond() == 0) {
            return ratio("Corosync", row, Figures::perSecond, "corosync")
                    + ratio("JGroups", row, Figures::perSecond, "jgroups");
        }
        return ratio("p50", row, Figures::p50Nanos, "") + ratio("p99", row, Figures::p99Nanos, "");
    }

    /** Ours to the best of those whose names begin so. */
    private String ratio(String title, Map<String, Figures> row, ToLongFunction<Figures> figure, String prefix) {
        Figures ours = row.get(OURS);
        boolean lessIsBetter = prefix.isEmpty();
        var others = row.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OURS) && entry.getKey().startsWith(prefix))
                .mapToDouble(entry -> figure.applyAsLong(entry.getValue()));
        OptionalDouble best = lessIsBetter ? others.min() : others.max();
        return ours == null || best.isEmpty()
                ? ""
                : String.format(Locale.ROOT, " %s %.2f", title, figure.applyAsLong(ours) / best.getAsDouble());
    }
}
