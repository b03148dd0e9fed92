package dev.ha4j.benchmarks.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final List<String> FILES = List.of("detection-lab.sh", "corosync-watch.c");

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
    private List<String> contenders = List.of();

    private DetectionBenchmark() {}

    /** Runs the command; the exit code is 77 if it could not run here. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DetectionBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-detection-");
        String lab = folder.resolve(FILES.get(0)).toString();
        try {
            unpack(folder);
            Shell.run(List.of("bash", lab, "up", Integer.toString(NODES)));
        } catch (LabFailure e) {
            System.out.println("skipped: " + e.getMessage());
            return SKIPPED;
        }
        try {
            System.out.printf(
                    Locale.ROOT,
                    "%d nodes in network namespaces, effective token timeout %d ms, %d runs of each kind; logs: %s%n%n",
                    NODES,
                    tokenMillis,
                    runs,
                    folder);
            System.out.println("| lost by | contender | median | max | min |\n|---|---|---|---|---|");
            for (String contender : contenders) {
                measure(contender, folder, lab);
            }
            return 0;
        } catch (LabFailure e) {
            System.out.println("failed: " + e.getMessage());
            return 1;
        } finally {
            takeDown(lab);
        }
    }

    private void measure(String contender, Path folder, String lab) throws LabFailure, InterruptedException {
        if (contender.equals("corosync")) {
            try {
                Shell.run(List.of("bash", lab, "compile", folder.toString()));
            } catch (LabFailure e) {
                System.out.println("skipped corosync: " + e.getMessage());
                return;
            }
        }
        try (Trio trio = new Trio(contender, lab, folder, tokenMillis)) {
            trio.start();
            for (Loss loss : Loss.values()) {
                long[] nanos = new long[runs];
                for (int run = 0; run < runs; run++) {
                    nanos[run] = trio.lose(1 + run % NODES, loss);
                }
                java.util.Arrays.sort(nanos);
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

    private static void takeDown(String lab) throws InterruptedException {
        try {
            Shell.run(List.of("bash", lab, "down", Integer.toString(NODES)));
        } catch (LabFailure e) {
            System.err.println("the lab stays: " + e.getMessage());
        }
    }

    private static void unpack(Path folder) throws IOException, LabFailure {
        for (String file : FILES) {
            try (InputStream in = DetectionBenchmark.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new LabFailure(file + " is missing");
                }
                Files.copy(in, folder.resolve(file));
            }
        }
    }
}
