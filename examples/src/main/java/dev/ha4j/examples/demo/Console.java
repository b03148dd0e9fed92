package dev.ha4j.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person sees. */
final class Console {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Standard output; lines are replaced only where it is a terminal. */
    static Console ofThisProcess() {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return new Console(System.out, target.startsWith("/dev/pts"));
        } catch (IOException e) {
            return new Console(System.out, false);
        }
    }

    void title(Scenario scenario) {
        say("");
        say(scenario + ": " + scenario.title());
    }

    /** One line that the next one replaces; nothing where lines can't be replaced. */
    void progress(String text) {
        if (terminal) {
            out.print(CLEAR_LINE + text + " ...");
            out.flush();
        }
    }

    void run(Run run) {
        say("  %2d  %s -> %s  %s".formatted(run.number(), run.from(), run.to(), timeline(run.millis())));
        say("      token %d -> %d, %d acts accepted, overlap %s ms, stale acts: %d attempted, %d accepted%s"
                .formatted(
                        run.oldToken(),
                        run.newToken(),
                        run.verdict().accepted(),
                        millis(run.verdict().overlapNanos() / 1e6),
                        run.verdict().staleAttempted(),
                        run.verdict().staleAccepted(),
                        run.verdict().gaps() == 0 ? "" : ", " + run.verdict().gaps() + " acts lost on the way"));
        run.notes().forEach(note -> say("      " + note));
        run.problems().forEach(problem -> say("      PROBLEM: " + problem));
    }

    private static String timeline(Map<Phase, Double> phases) {
        return phases.entrySet().stream()
                .map(entry -> entry.getKey() + " " + millis(entry.getValue()))
                .collect(Collectors.joining("  |  ", "", " ms"));
    }

    private static String millis(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1f", value);
    }

    void summary(List<Summary> summaries) {
        say("");
        say("milliseconds after the fault, median / maximum");
        StringBuilder head = new StringBuilder("%-14s %7s".formatted("scenario", "ok/runs"));
        for (Phase phase : Phase.values()) {
            head.append("%19s".formatted(phase));
        }
        say(head.append("%12s%17s%16s".formatted("overlap ms", "stale attempted", "stale accepted"))
                .toString());
        summaries.forEach(summary -> say(line(summary)));
    }

    private static String line(Summary summary) {
        StringBuilder line =
                new StringBuilder("%-14s %7s".formatted(summary.scenario(), summary.inOrder() + "/" + summary.runs()));
        for (Phase phase : Phase.values()) {
            Summary.Spread spread = summary.millis().get(phase);
            String text = spread == null ? "-" : millis(spread.median()) + " / " + millis(spread.max());
            line.append("%19s".formatted(text));
        }
        line.append("%12s%17d%16d"
                .formatted(millis(summary.overlapMillis()), summary.staleAttempted(), summary.staleAccepted()));
        return line.append(summary.isWell() ? "  ok" : "  FAILED").toString();
    }

    void idle(Idle.Cost cost) {
        say("idle for %d s: %.1f packets per second and node".formatted(cost.seconds(), cost.packetsPerSecond()));
        for (Idle.NodeCost node : cost.nodes()) {
            say("  %s%s: %.2f %% of a processor, heap %.1f MiB, resident %.1f MiB, %d Java threads, %d of them ha4j's"
                    .formatted(
                            node.node(),
                            node.leads() ? " (leads)" : "",
                            node.cpuPercent(),
                            node.heapMib(),
                            node.residentMib(),
                            node.threads(),
                            node.ownThreads()));
        }
    }

    void say(String line) {
        out.println((terminal ? CLEAR_LINE : "") + line);
    }
}
