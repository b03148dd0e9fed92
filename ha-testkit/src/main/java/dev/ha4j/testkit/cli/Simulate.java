package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.check.Sometimes;
import dev.ha4j.testkit.planted.PlantedBug;
import dev.ha4j.testkit.replay.Script;
import dev.ha4j.testkit.replay.Verdict;
import dev.ha4j.testkit.ring.RingRun;
import dev.ha4j.testkit.swarm.Mix;
import dev.ha4j.testkit.swarm.RunResult;
import dev.ha4j.testkit.swarm.Scenario;
import dev.ha4j.testkit.swarm.SeedRun;
import dev.ha4j.testkit.trace.JsonLines;
import dev.ha4j.testkit.trace.TraceListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs seeds of whole clusters in virtual time and says what the checkers found. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Whole clusters of production nodes in virtual time, under faults, watched by the checkers.")
public final class Simulate implements Callable<Integer> {

    private static final int LONG_SEEDS = 200;
    private static final int LONG_MINUTES = 10;

    @Option(names = "--seeds", defaultValue = "200", description = "how many seeds (default: ${DEFAULT-VALUE})")
    private int seeds = 200;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "simulated minutes of faults per seed (default: ${DEFAULT-VALUE})")
    private int minutes = 10;

    @Option(names = "--seconds", description = "simulated seconds of faults per seed, instead of minutes")
    private @Nullable Integer seconds;

    @Option(
            names = "--first-seed",
            defaultValue = "1",
            description = "number of the first seed of each mix (default: ${DEFAULT-VALUE})")
    private long firstSeed = 1;

    @Option(names = "--seed", description = "only this seed, of one mix")
    private @Nullable Long seed;

    @Option(
            names = "--mix",
            description =
                    "idle, busy, swarm, quorum or ring; without it a twentieth of the seeds is idle, a tenth busy,"
                            + " the rest swarm")
    private @Nullable String mixName;

    @Option(
            names = "--faults",
            split = ",",
            description =
                    "with --seed and --mix ring: only these of its faults, by number; --shrink finds which it takes")
    private @Nullable List<Integer> faults;

    @Option(names = "--trace", description = "with --seed: write the trace to this file, a line of JSON for each step")
    private @Nullable Path trace;

    @Option(
            names = "--planted",
            description = "break one rule, or all one after the other, and count the seeds until a checker notices")
    private @Nullable String planted;

    @Option(
            names = "--every-counter",
            description = "fail also if something that has to happen sometimes never happened")
    private boolean everyCounter;

    @Option(names = "--script", description = "with --seed or --shrink: write the run to this file, to be replayed")
    private @Nullable Path script;

    @Option(names = "--replay", description = "run the script in this file, with the bug planted that it names")
    private @Nullable Path replay;

    @Option(
            names = "--shrink",
            description =
                    "with --seed or --replay: make a run that breaks a rule smaller (with --planted: with that bug),"
                            + " and write it to the --script file")
    private boolean shrink;

    @Option(
            names = "--shrink-minutes",
            defaultValue = "5",
            description = "real time that --shrink may take (default: ${DEFAULT-VALUE})")
    private int shrinkMinutes = 5;

    @Option(names = "--threads", description = "seeds run at one time (default: the number of processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    private Simulate() {}

    /** Runs the command and ends the process with its exit code: 0 if all is green. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Simulate()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (shrink || replay != null) {
            return shrink ? shrink() : Replaying.replay(script());
        }
        if (planted != null) {
            return Planting.all(PlantedBug.named(planted), seeds, minutes, threads);
        }
        return seed == null ? many() : one(seed, mix().orElse(Mix.SWARM));
    }

    /** The run that was asked for. */
    private Script script() throws IOException {
        if (replay != null) {
            return Replaying.read(replay);
        }
        if (seed == null) {
            throw new IllegalArgumentException("--shrink needs a run: --seed N, or --replay FILE");
        }
        Script drawn = Script.of(Scenario.drawn(seed, mix().orElse(Mix.SWARM), length()));
        return planted == null ? drawn : drawn.planting(planted);
    }

    private int shrink() throws IOException {
        if (isOfRing() && seed != null) {
            return shrinkRing(seed);
        }
        Script found = script();
        Path file = script == null ? Path.of("seed-" + found.scenario().world().seed() + ".json") : script;
        return Replaying.shrink(found, Duration.ofMinutes(shrinkMinutes), file);
    }

    private int shrinkRing(long only) {
        if (planted != null || script != null) {
            throw new IllegalArgumentException(
                    "--shrink of a run of the ring alone knows neither --planted nor --script:"
                            + " it says which of the seed's faults it takes, for --faults");
        }
        return RingShrinking.shrink(only, length(), Duration.ofMinutes(shrinkMinutes), command(only, Mix.RING));
    }

    private boolean isOfRing() {
        return mix().equals(Optional.of(Mix.RING));
    }

    private Duration length() {
        return seconds == null ? Duration.ofMinutes(minutes) : Duration.ofSeconds(seconds);
    }

    private Optional<Mix> mix() {
        return mixName == null ? Optional.empty() : Optional.of(Mix.valueOf(mixName.toUpperCase(Locale.ROOT)));
    }

    private int one(long only, Mix mix) throws IOException {
        RunResult result = trace == null ? run(only, mix) : traced(only, mix, trace);
        System.out.println(describe(result, mix));
        if (script != null) {
            Script run = script();
            Replaying.write(
                    Verdict.of(result).map(Verdict::rule).map(run::violating).orElse(run), script);
        }
        return result.isGreen() ? 0 : 1;
    }

    private RunResult traced(long only, Mix mix, Path file) throws IOException {
        try (BufferedWriter buffered = Files.newBufferedWriter(file);
                PrintWriter out = new PrintWriter(buffered)) {
            return run(only, mix, new JsonLines(line -> out.append(line).append('\n')));
        }
    }

    private RunResult run(long one, Mix mix, TraceListener... listeners) {
        if (faults == null) {
            return SeedRun.of(one, mix, length(), listeners);
        }
        if (mix != Mix.RING || seed == null) {
            throw new IllegalArgumentException(
                    "--faults needs --seed and --mix ring; other runs can be made a --script");
        }
        return RingRun.of(one, length(), faults, List.of(listeners));
    }

    private int many() throws InterruptedException, ExecutionException {
        int failed = 0;
        Map<String, Long> sometimes = new TreeMap<>();
        for (Map.Entry<Mix, Integer> share : shares().entrySet()) {
            failed += all(share.getKey(), share.getValue(), sometimes);
        }
        System.out.println("\nsometimes:");
        sometimes.forEach((point, count) -> System.out.printf(Locale.ROOT, "  %8d  %s%n", count, point));
        int unreached = unreached(sometimes);
        System.out.println(seeds - failed + " passed, " + failed + " failed");
        return failed == 0 && (unreached == 0 || !isDemanded()) ? 0 : 1;
    }

    /** Names the corners to which no seed came, and counts them. */
    private int unreached(Map<String, Long> sometimes) {
        SortedSet<String> demanded = Sometimes.demanded(mix().equals(Optional.of(Mix.QUORUM)));
        List<String> never = sometimes.entrySet().stream()
                .filter(entry -> entry.getValue() == 0 && (isOfRing() || demanded.contains(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        never.forEach(
                point -> System.out.println("never reached" + (isDemanded() ? ": " : " (not demanded): ") + point));
        return never.size();
    }

    /** Whether every corner has to be reached: when it is asked for, or the run is long enough for that. */
    private boolean isDemanded() {
        boolean isLong = seeds >= LONG_SEEDS && length().toMinutes() >= LONG_MINUTES && mixName == null;
        return everyCounter || isLong;
    }

    private Map<Mix, Integer> shares() {
        Map<Mix, Integer> shares = new TreeMap<>();
        if (mix().isPresent()) {
            shares.put(mix().get(), seeds);
        } else {
            shares.put(Mix.IDLE, seeds / 20);
            shares.put(Mix.BUSY, seeds / 10);
            shares.put(Mix.SWARM, seeds - seeds / 20 - seeds / 10);
        }
        return shares;
    }

    private int all(Mix mix, int count, Map<String, Long> sometimes) throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        Totals totals = new Totals(mix);
        try {
            List<Future<RunResult>> running = new ArrayList<>();
            for (long each = firstSeed; each < firstSeed + count; each++) {
                long next = each;
                running.add(workers.submit(() -> run(next, mix)));
            }
            for (Future<RunResult> future : running) {
                RunResult result = future.get();
                totals.add(result);
                result.sometimes().forEach((point, times) -> sometimes.merge(point, times, Long::sum));
                if (!result.isGreen()) {
                    System.out.println(describe(result, mix));
                }
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.println(totals);
        return totals.failed();
    }

    private String describe(RunResult result, Mix mix) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "seed %d %s: %s, %.0f s simulated in %.2f s, trace of %d events %016x, %d messages, %d faults,"
                        + " well %.1f s after healing",
                result.seed(),
                mix,
                result.isGreen() ? "green" : "RED",
                result.simulated().toMillis() / 1000.0,
                result.realNanos() / 1e9,
                result.events(),
                result.traceDigest(),
                result.delivered(),
                result.faults(),
                result.convergedAfter().toMillis() / 1000.0));
        result.violations().stream()
                .limit(3)
                .forEach(found -> text.append("\n    ").append(found));
        return result.isGreen()
                ? text.toString()
                : text.append("\n    replay: ")
                        .append(command(result.seed(), mix))
                        .toString();
    }

    private String command(long one, Mix mix) {
        return "bin/simulate --seed " + one + " --mix " + mix.name().toLowerCase(Locale.ROOT)
                + (seconds == null ? " --minutes " + minutes : " --seconds " + seconds);
    }

    /** Adds up the runs of one mix. */
    private static final class Totals {

        private final Mix mix;
        private int runs;
        private int failed;
        private long simulatedMillis;
        private long realNanos;
        private long delivered;
        private long faults;
        private long digest;

        Totals(Mix mix) {
            this.mix = mix;
        }

        void add(RunResult result) {
            runs++;
            failed += result.isGreen() ? 0 : 1;
            simulatedMillis += result.simulated().toMillis();
            realNanos += result.realNanos();
            delivered += result.delivered();
            faults += result.faults();
            digest = Long.rotateLeft(digest, 1) ^ result.traceDigest();
        }

        int failed() {
            return failed;
        }

        @Override
        public String toString() {
            double simulatedMinutes = Math.max(1, simulatedMillis) / 60_000.0;
            OptionalLong ratio = realNanos == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.round(simulatedMillis * 1e6 / realNanos));
            return String.format(
                    Locale.ROOT,
                    "%-6s %d seeds, %d red; %.0f simulated minutes, simulated/real time %d per thread;"
                            + " %.0f messages and %.1f faults per simulated minute; traces %016x",
                    mix,
                    runs,
                    failed,
                    simulatedMinutes,
                    ratio.orElse(0),
                    delivered / simulatedMinutes,
                    faults / simulatedMinutes,
                    digest);
        }
    }
}
