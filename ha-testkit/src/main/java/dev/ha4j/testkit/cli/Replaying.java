package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.replay.Script;
import dev.ha4j.testkit.replay.ScriptJson;
import dev.ha4j.testkit.replay.Shrinker;
import dev.ha4j.testkit.replay.Trial;
import dev.ha4j.testkit.replay.Verdict;
import dev.ha4j.testkit.swarm.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Scripts on the command line: writes them, replays them, makes them smaller. */
final class Replaying {

    private Replaying() {}

    static void write(Script script, Path file) throws IOException {
        Files.writeString(file, ScriptJson.write(script));
        System.out.println("script: " + file + " (" + size(script) + ")");
    }

    static Script read(Path file) throws IOException {
        try {
            return ScriptJson.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Runs the script; 0 if it breaks no rule. */
    static int replay(Script script) {
        Optional<Verdict> verdict = Trial.run(script);
        System.out.println(verdict.map(Verdict::toString).orElse("green"));
        return verdict.isEmpty() ? 0 : 1;
    }

    /** Makes the script smaller, and writes the result; 0 if it breaks a rule at all. */
    static int shrink(Script script, Duration limit, Path file) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        Shrinker.Outcome outcome = Shrinker.shrink(script, () -> System.nanoTime() - end < 0);
        System.out.printf(
                Locale.ROOT,
                "breaks %s: from %s to %s, in %d trials%s%n",
                outcome.script().violates().orElseThrow(),
                size(script),
                size(outcome.script()),
                outcome.trials(),
                outcome.complete() ? "" : " (the time was over; --shrink-minutes gives more)");
        write(outcome.script(), file);
        return 0;
    }

    private static String size(Script script) {
        Scenario scenario = script.scenario();
        return String.format(
                Locale.ROOT,
                "%d faults, %d nodes, %d resources, %.0f s",
                scenario.faults().size(),
                scenario.world().policy().nodes().size(),
                scenario.world().policy().resources().size(),
                scenario.faultyTime().toMillis() / 1000.0);
    }
}
