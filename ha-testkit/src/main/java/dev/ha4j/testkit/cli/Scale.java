package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.ring.RingScale;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how a ring grows. */
@Command(
        name = "ring-scale",
        mixinStandardHelpOptions = true,
        description = "Rings of 3 to 64 nodes on a simulated network: times that the protocol and the network take.")
public final class Scale implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Option(
            names = "--nodes",
            split = ",",
            defaultValue = "3,8,16,32,64",
            description = "sizes of the ring (default: ${DEFAULT-VALUE})")
    private List<Integer> sizes = List.of();

    private Scale() {}

    /** Runs the command; the exit code is 0 if every ring formed, held, and broke no rule. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scale()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.println(
                "simulated network: " + RingScale.NETWORK + "; token timeout 1 s; hosts' processors not counted\n");
        System.out.println(
                "| nodes | formation | rotation | 1 KiB messages/s | rotation, busy | one killed | it is back | halves merge |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int nodes : sizes) {
            RingScale.Row row = RingScale.of(nodes);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f ms | %.2f ms | %,.0f | %.2f ms | %.0f ms | %.0f ms | %.0f ms |%n",
                    row.nodes(),
                    row.formationNanos() / NANOS_PER_MILLI,
                    row.rotationNanos() / NANOS_PER_MILLI,
                    row.messagesPerSecond(),
                    row.busyRotationNanos() / NANOS_PER_MILLI,
                    row.lossNanos() / NANOS_PER_MILLI,
                    row.returnNanos() / NANOS_PER_MILLI,
                    row.mergeNanos() / NANOS_PER_MILLI);
        }
        return 0;
    }
}
