package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.ring.node.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Prints a line for each run as it ends, with ours to theirs in brackets, and what it cost after the last. */
final class ResultTable {

    private static final String OURS = "ha4j";
    private static final String COST_TITLE =
            "\nprocessor time per message in nanoseconds, all three processes together / heap bytes allocated per delivered"
                    + " message / messages of the slowest sender in % of the fastest's";

    private final List<String> contenders;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Workload workload, Map<String, Figures> figures) {}

    ResultTable(List<String> contenders) {
        this.contenders = contenders;
    }

    void add(Workload workload, Map<String, Figures> figures) {
        boolean isPaced = workload.perSecond() > 0;
        if (rows.isEmpty() || rows.get(rows.size() - 1).workload().perSecond() > 0 != isPaced) {
            head(isPaced ? latencyTitle(workload) : "\nmessages delivered per second at the slowest of three nodes");
        }
        rows.add(new Row(workload, figures));
        StringBuilder line = new StringBuilder(name(workload));
        for (String contender : contenders) {
            Figures theirs = figures.get(contender);
            line.append(String.format("%30s", theirs == null ? "-" : cell(isPaced, contender, theirs, figures)));
        }
        System.out.println(line.append(isPaced ? "" : goals(figures)));
    }

    private static String latencyTitle(Workload workload) {
        return "\np50 / p99 of send to self-delivery in microseconds at " + workload.perSecond()
                + " messages per second in all";
    }

    private static String name(Workload workload) {
        return String.format(Locale.ROOT, "%7d x %d", workload.sizeBytes(), workload.senders());
    }

    private void head(String title) {
        System.out.println(title);
        StringBuilder head = new StringBuilder(String.format("%11s", "size x from"));
        contenders.forEach(contender -> head.append(String.format("%30s", contender)));
        System.out.println(head);
    }

    private static String cell(boolean isPaced, String contender, Figures theirs, Map<String, Figures> row) {
        Figures ours = row.get(OURS);
        String own = isPaced
                ? String.format(Locale.ROOT, "%,d / %,d", theirs.p50Nanos() / 1000, theirs.p99Nanos() / 1000)
                : String.format(Locale.ROOT, "%,d", theirs.perSecond());
        if (ours == null || contender.equals(OURS)) {
            return own;
        }
        String compared = isPaced
                ? ratio(ours.p50Nanos(), theirs.p50Nanos()) + ", " + ratio(ours.p99Nanos(), theirs.p99Nanos())
                : ratio(ours.perSecond(), theirs.perSecond());
        return own + " (" + compared + ")";
    }

    private static String ratio(long ours, long theirs) {
        return theirs == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) ours / theirs);
    }

    /** Ours to Corosync, which encrypts as we do, and to the better JGroups, which doesn't. */
    private static String goals(Map<String, Figures> row) {
        Figures ours = row.get(OURS);
        return ours == null
                ? ""
                : goal("Corosync", ours, of(row, "corosync")) + goal("JGroups", ours, of(row, "jgroups"));
    }

    private static DoubleStream of(Map<String, Figures> row, String prefix) {
        return row.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToDouble(entry -> entry.getValue().perSecond());
    }

    private static String goal(String name, Figures ours, DoubleStream theirs) {
        OptionalDouble best = theirs.filter(perSecond -> perSecond > 0).max();
        return best.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "   %s %.2f", name, ours.perSecond() / best.getAsDouble());
    }

    void end() {
        head(COST_TITLE);
        for (Row row : rows) {
            StringBuilder line = new StringBuilder(name(row.workload()));
            contenders.forEach(contender ->
                    line.append(String.format("%30s", cost(row.figures().get(contender)))));
            System.out.println(line.append(row.workload().perSecond() > 0 ? "   at a fixed rate" : ""));
        }
        System.out.println("load at the end: " + Machine.load());
    }

    private static String cost(@Nullable Figures figures) {
        if (figures == null) {
            return "-";
        }
        return String.format(Locale.ROOT, "%,d", figures.cpuNanos())
                + optional(" / %,d", figures.allocatedBytes())
                + optional(" / %d", figures.fairPercent());
    }

    private static String optional(String format, OptionalLong value) {
        return value.isEmpty() ? " / -" : String.format(Locale.ROOT, format, value.getAsLong());
    }
}
