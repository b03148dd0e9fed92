package dev.ha4j.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bin/demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Three JVMs on this machine elect a leader; the leader is taken away, fenced over IPMI, and replaced.")
public final class Demo implements Callable<Integer> {

    @Option(
            names = "--scenario",
            defaultValue = "all",
            description =
                    "kill, silent, freeze, freeze-fenced, bmc-dead, majority-lost, graceful, restart-all, all or idle"
                            + " (default: ${DEFAULT-VALUE})")
    private String scenario = "all";

    @Option(names = "--runs", defaultValue = "1", description = "runs of each scenario (default: ${DEFAULT-VALUE})")
    private int runs = 1;

    @Option(names = "--seconds", defaultValue = "60", description = "length of idle (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--seed", description = "for the random instants (default: the clock)")
    private long seed = System.nanoTime();

    @Option(names = "--json", description = "file to write all outcomes to")
    private @Nullable Path json;

    private final AtomicReference<@Nullable Arena> current = new AtomicReference<>();

    private Demo() {}

    /** Runs the command and ends the process with its exit code: 0 if every run passed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Path.of(System.getProperty("demo.directory", "examples/target/demo"));
        Arena.delete(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeCurrent));
        SplittableRandom random = new SplittableRandom(seed);
        if (scenario.equals("idle")) {
            return idle(directory, random);
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        for (Scenario each : Scenario.named(scenario)) {
            List<Outcome> mine = runAll(each, directory, random.split());
            outcomes.addAll(mine);
            summary.add(Summary.of(each, mine));
        }
        System.out.println();
        summary.forEach(System.out::println);
        if (json != null) {
            Files.writeString(json, Lines.write(outcomes));
        }
        return outcomes.stream().allMatch(Outcome::passed) ? 0 : 1;
    }

    private List<Outcome> runAll(Scenario each, Path directory, SplittableRandom random) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        Path own = directory.resolve(each.title());
        System.out.println(each.title() + ": starting three JVMs, logs in " + own);
        try (Arena arena = new Arena(new Arena.Plan(own.toAbsolutePath(), each.fenced, each.relayed, true), random)) {
            current.set(arena);
            for (int run = 1; run <= runs; run++) {
                outcomes.add(runOne(each, arena, run, random));
                System.out.println(Summary.of(outcomes.get(outcomes.size() - 1)));
            }
        } finally {
            current.set(null);
        }
        return outcomes;
    }

    private static Outcome runOne(Scenario each, Arena arena, int run, SplittableRandom random) {
        try {
            return each.run(arena, run, random);
        } catch (DemoFailure e) {
            List<String> problems = List.of(String.valueOf(e.getMessage()));
            return new Outcome(
                    each.title(), run, problems, Map.of(), arena.judge().verdict(), List.of());
        }
    }

    private int idle(Path directory, SplittableRandom random) throws IOException {
        Path own = directory.resolve("idle").toAbsolutePath();
        System.out.println("idle: three JVMs do nothing for " + seconds + " s, logs in " + own);
        try (Arena arena = new Arena(new Arena.Plan(own, true, false, false), random)) {
            current.set(arena);
            Idle.measure(arena, Duration.ofSeconds(seconds)).forEach(System.out::println);
        } finally {
            current.set(null);
        }
        return 0;
    }

    private void closeCurrent() {
        Arena arena = current.getAndSet(null);
        if (arena != null) {
            arena.close();
        }
    }
}
