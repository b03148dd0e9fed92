package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.ring.node.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads a ring with half of what it can take, for long, and tells what disturbed it. */
@Command(
        name = "ring-steady",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Three processes under half of their highest load: lost tokens, stalls of the ring's thread, pauses of"
                        + " the collector. The exit code is 0 if no token was lost.")
public final class SteadyBenchmark implements Callable<Integer> {

    private static final int WARM_UP_MILLIS = 5_000;
    private static final int MEASURE_MILLIS = 10_000;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    @Option(names = "--minutes", defaultValue = "10", description = "how long (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(names = "--size", defaultValue = "1024", description = "bytes of a message (default: ${DEFAULT-VALUE})")
    private int sizeBytes;

    @Option(names = "--senders", defaultValue = "3", description = "sending nodes (default: ${DEFAULT-VALUE})")
    private int senders;

    private SteadyBenchmark() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SteadyBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-benchmark-");
        System.out.println(Machine.describe() + "\nJVM flags: " + String.join(" ", Jvms.flags()));
        try (Contender ring = Jvms.start("ha4j", folder, Optional.empty())) {
            Figures highest = ring.run(new Workload(sizeBytes, senders, 0, WARM_UP_MILLIS, MEASURE_MILLIS));
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes from %d: highest load %,d messages per second; half of it for %.1f minutes ...%n",
                    sizeBytes,
                    senders,
                    highest.perSecond(),
                    minutes);
            int half = (int) Math.max(senders, highest.perSecond() / 2);
            ring.ask("watch", "watching", ANSWER_LIMIT);
            Figures steady = ring.run(new Workload(sizeBytes, senders, half, WARM_UP_MILLIS, (int) (minutes * 60_000)));
            return report(steady, ring.ask("watched", "seen", ANSWER_LIMIT));
        } catch (BenchmarkFailure e) {
            System.out.println(e.getMessage() + "; logs: " + folder);
            return 1;
        }
    }

    private static int report(Figures steady, List<String[]> seen) {
        System.out.printf(
                Locale.ROOT,
                "delivered %,d messages per second, p50 %,d us, p99 %,d us, %,d heap bytes per message%n%n",
                steady.perSecond(),
                steady.p50Nanos() / 1_000,
                steady.p99Nanos() / 1_000,
                steady.allocatedBytes().orElse(0));
        System.out.printf(
                "%4s%14s%20s%12s%16s%18s%n",
                "node", "tokens lost", "longest stall/us", "GC pauses", "in all/ms", "longest pause/ms");
        int losses = 0;
        for (int i = 0; i < seen.size(); i++) {
            String[] words = seen.get(i);
            System.out.printf("%4d%14s%20s%12s%16s%18s%n", i + 1, words[1], words[2], words[3], words[4], words[5]);
            losses += Integer.parseInt(words[1]);
        }
        System.out.println("load at the end: " + Machine.load());
        return losses == 0 ? 0 : 1;
    }
}
