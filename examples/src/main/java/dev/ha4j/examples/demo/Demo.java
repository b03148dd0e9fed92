package dev.ha4j.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import picocli.CommandLine;

/** What {@code bin/demo} runs. */
public final class Demo {

    /**
     * Everything that was measured.
     *
     * @param java version of the JVM
     * @param processors of this computer
     * @param tokenMillis token timeout of the ring
     * @param runs by scenario
     * @param summaries by scenario
     * @param idle costs; null if they were not asked for
     */
    private record Results(
            String java,
            int processors,
            long tokenMillis,
            Map<String, List<Run>> runs,
            List<Summary> summaries,
            Idle.@org.jspecify.annotations.Nullable Cost idle) {}

    private final Console console = Console.ofThisProcess();
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();
    private final List<Summary> summaries = new ArrayList<>();
    private Optional<Idle.Cost> idle = Optional.empty();

    private Demo() {}

    /** Plays what was asked for, and ends this process with the exit code that says how it went. */
    public static void main(String[] arguments) {
        DemoOptions options = new DemoOptions();
        CommandLine line = new CommandLine(options);
        line.setExecutionStrategy(parsed -> {
            Integer help = CommandLine.executeHelpRequest(parsed);
            return help != null ? help : new Demo().run(options, line);
        });
        System.exit(line.execute(arguments));
    }

    private int run(DemoOptions options, CommandLine line) {
        List<Scenario> scenarios = options.scenarios(line);
        int wanted = options.runs(line);
        Theatre theatre =
                new Theatre(options.logs(), new SplittableRandom(options.seed()), console, options.arbiterProgram());
        Runtime.getRuntime().addShutdownHook(new Thread(theatre::cleanUp, "clean-up"));
        for (Scenario scenario : scenarios) {
            List<Run> done = play(theatre, scenario, wanted);
            runs.put(scenario.toString(), done);
            summaries.add(Summary.of(scenario, wanted, done));
        }
        if (options.idle()) {
            measureIdle(theatre, options, line);
        }
        if (!summaries.isEmpty()) {
            console.summary(summaries);
        }
        options.json().ifPresent(this::write);
        return summaries.stream().allMatch(Summary::isWell) ? 0 : 1;
    }

    private List<Run> play(Theatre theatre, Scenario scenario, int wanted) {
        List<Run> done = new ArrayList<>();
        try {
            theatre.play(scenario, wanted, done::add);
        } catch (DemoFailure e) {
            console.say("  PROBLEM: " + e.getMessage());
        }
        return done;
    }

    private void measureIdle(Theatre theatre, DemoOptions options, CommandLine line) {
        console.progress("idle: watching for " + options.seconds(line).toSeconds() + " s");
        try {
            TestBed bed = theatre.open(TestBed.Kind.IDLE, DemoOptions.IDLE);
            Idle.Cost cost = new Idle(bed, options.seconds(line)).measure();
            idle = Optional.of(cost);
            console.idle(cost);
        } finally {
            theatre.cleanUp();
        }
    }

    private void write(Path file) {
        Results results = new Results(
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                TestBed.TOKEN_TIMEOUT.toMillis(),
                runs,
                summaries,
                idle.orElse(null));
        try {
            Files.writeString(file, Lines.write(results) + "\n");
        } catch (IOException e) {
            throw new DemoFailure("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
