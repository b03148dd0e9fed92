package dev.ha4j.benchmarks.lab;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long the survivors need for a ring without the one that was lost: ha4j and Corosync with the same token timeout. */
@Command(
        name = "detection",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Time from the loss of one node of three to the ring of the others, beside Corosync. Needs root.")
public final class DetectionBenchmark implements Callable<Integer> {

    private static final int NODES = 3;
    private static final int SKIPPED = 77;
    private static final Network.Width PLAIN = new Network.Width(1_500, "");

    @Option(names = "--runs", defaultValue = "20", description = "of each kind (default: ${DEFAULT-VALUE})")
    private int runs = 20;

    @Option(
            names = "--token",
            defaultValue = "1000",
            description = "milliseconds, effective: Corosync adds nothing to it (default: ${DEFAULT-VALUE})")
    private int tokenMillis = 1000;

    @Option(
            names = "--contenders",
            split = ",",
            defaultValue = "ha4j,corosync",
            description = "who takes part (default: ${DEFAULT-VALUE})")
    private List<Who> contenders = List.of();

    private enum Who {
        HA4J,
        COROSYNC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private DetectionBenchmark() {}

    /** Runs the command; the exit code is 77 if it could not run here. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DetectionBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < 1) {
            System.out.println("--runs: at least one of each kind is needed, not " + runs);
            return CommandLine.ExitCode.USAGE;
        }
        Path folder = Files.createTempDirectory("ha4j-detection-");
        try (Network network = Network.up("det", folder, PLAIN)) {
            return measure(network, folder) ? 0 : 1;
        } catch (BenchmarkFailure e) {
            System.out.println("skipped: " + e.getMessage());
            return SKIPPED;
        }
    }

    private boolean measure(Network network, Path folder) throws InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%d nodes in network namespaces, effective token timeout %d ms, %d runs of each kind; logs: %s%n%n",
                NODES,
                tokenMillis,
                runs,
                folder);
        System.out.println("| lost by | contender | median | max | min |\n|---|---|---|---|---|");
        boolean well = true;
        for (Who contender : contenders) {
            try {
                measure(contender, network, folder);
            } catch (BenchmarkFailure e) {
                System.out.println("failed: " + e.getMessage());
                well = false;
            }
        }
        return well;
    }

    private void measure(Who contender, Network network, Path folder) throws BenchmarkFailure, InterruptedException {
        Optional<Trio> made = trio(contender, network, folder);
        if (made.isEmpty()) {
            return;
        }
        try (Trio trio = made.get()) {
            trio.start();
            for (Loss loss : Loss.values()) {
                long[] nanos = new long[runs];
                for (int run = 0; run < runs; run++) {
                    nanos[run] = trio.lose(1 + run % NODES, loss);
                }
                Arrays.sort(nanos);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.0f ms | %.0f ms | %.0f ms |%n",
                        loss.label(),
                        contender,
                        nanos[runs / 2] / 1e6,
                        nanos[runs - 1] / 1e6,
                        nanos[0] / 1e6);
            }
        }
    }

    /** Empty if there is no such contender on this machine. */
    private Optional<Trio> trio(Who contender, Network network, Path folder) throws InterruptedException {
        if (contender == Who.HA4J) {
            return Optional.of(Trio.ofHa4j(network, folder, tokenMillis));
        }
        try {
            return Optional.of(Trio.ofCorosync(network, folder, tokenMillis));
        } catch (BenchmarkFailure e) {
            System.out.println("skipped corosync: " + e.getMessage());
            return Optional.empty();
        }
    }
}
