package dev.ha4j.examples.demo;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the demo. */
@Command(
        name = "bin/demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Three JVMs elect a leader; the demo takes it away and shows who leads next, and when.",
        footer = {
            "",
            "Scenarios: kill, silent, freeze, freeze-fenced, bmc-dead, majority-lost, graceful, restart-all,",
            "two-node, unblock;",
            "all of these together; and idle, which measures what a cluster costs that has nothing to do.",
            "Exit code 0 if every run ended as it should, 1 if not, 2 for a wrong command line."
        })
final class DemoOptions {

    static final String ALL = "all";
    static final String IDLE = "idle";

    @Option(names = "--scenario", split = ",", paramLabel = "NAME", description = "what to play (default: all)")
    private List<String> names = new ArrayList<>(List.of(ALL));

    @Option(names = "--runs", paramLabel = "N", description = "runs of each scenario (default: ${DEFAULT-VALUE})")
    private int runs = 1;

    @Option(names = "--seconds", paramLabel = "N", description = "how long idle watches (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--seed", paramLabel = "N", description = "for ports and random instants (default: the clock)")
    private long seed = System.nanoTime();

    @Option(names = "--json", paramLabel = "FILE", description = "write everything that was measured to this file")
    private @Nullable Path json;

    @Option(
            names = "--arbiter",
            paramLabel = "PROGRAM",
            description =
                    "for two-node, started as PROGRAM ADDRESS PORT in place of the witness, like a corosync-qnetd")
    private @Nullable Path arbiter;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "logs of the nodes (default: target/demo of the examples)")
    private @Nullable Path logs;

    /** What to play, in order; {@link #IDLE} is not among them. */
    List<Scenario> scenarios(CommandLine line) {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : names) {
            if (name.equals(ALL)) {
                scenarios.addAll(List.of(Scenario.values()));
            } else if (!name.equals(IDLE)) {
                scenarios.add(Scenario.named(name)
                        .orElseThrow(() -> new CommandLine.ParameterException(line, "there is no scenario " + name)));
            }
        }
        return scenarios;
    }

    boolean idle() {
        return names.contains(IDLE);
    }

    int runs(CommandLine line) {
        if (runs < 1) {
            throw new CommandLine.ParameterException(line, "--runs must be at least 1, not " + runs);
        }
        return runs;
    }

    Duration seconds(CommandLine line) {
        if (seconds < 1) {
            throw new CommandLine.ParameterException(line, "--seconds must be at least 1, not " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    long seed() {
        return seed;
    }

    Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    Optional<Path> arbiterProgram() {
        return Optional.ofNullable(arbiter);
    }

    Path logs() {
        return logs == null ? besideTheClasses() : logs;
    }

    private static Path besideTheClasses() {
        try {
            Path classes = Path.of(DemoOptions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("demo");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
