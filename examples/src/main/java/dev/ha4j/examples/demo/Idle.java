package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.node.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a node costs when there is nothing to do: three of them, one leads, nobody acts. */
final class Idle {

    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final double KIB = 1024;

    /**
     * One node.
     *
     * @param node its name
     * @param leads whether it led
     * @param cpuPercent of one processor
     * @param heapMib in use after a garbage collection
     * @param residentMib of the process
     * @param threads of the JVM that run Java code
     * @param ownThreads those of the library
     */
    record NodeCost(
            String node,
            boolean leads,
            double cpuPercent,
            double heapMib,
            double residentMib,
            int threads,
            int ownThreads) {}

    /**
     * The cluster.
     *
     * @param seconds for which it was watched
     * @param packetsPerSecond UDP datagrams that this computer sent, divided by the number of nodes
     * @param nodes each of them
     */
    record Cost(long seconds, double packetsPerSecond, List<NodeCost> nodes) {}

    private final TestBed bed;
    private final Duration time;

    Idle(TestBed bed, Duration time) {
        this.bed = bed;
        this.time = time;
    }

    Cost measure() {
        bed.powerOn();
        bed.awaitSteady();
        Patience.pass(SETTLE);
        List<Duration> before = bed.machines().stream().map(Idle::cpu).toList();
        long packetsBefore = datagramsSent();
        long startNanos = System.nanoTime();
        Patience.pass(time);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double packets =
                (datagramsSent() - packetsBefore) / seconds / bed.machines().size();
        List<Duration> after = bed.machines().stream().map(Idle::cpu).toList();
        List<NodeCost> costs = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            double cpuSeconds = after.get(i).minus(before.get(i)).toMillis() / 1e3;
            costs.add(cost(bed.machines().get(i), 100 * cpuSeconds / seconds));
        }
        return new Cost(Math.round(seconds), rounded(packets), costs);
    }

    private static NodeCost cost(Machine machine, double cpuPercent) {
        boolean leads = machine.status().map(status -> status.leads()).orElse(false);
        Usage usage = machine.usage();
        return new NodeCost(
                machine.name(),
                leads,
                rounded(cpuPercent),
                rounded(usage.heapBytes() / KIB / KIB),
                rounded(residentKib(machine.pid()) / KIB),
                usage.threads(),
                usage.ownThreads());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static Duration cpu(Machine machine) {
        return ProcessHandle.of(machine.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new DemoFailure("node " + machine + " is gone"));
    }

    private static long residentKib(long pid) {
        return numbers("/proc/" + pid + "/status", "VmRSS:").get(0);
    }

    /** The fourth number of the second line that begins with {@code Udp:}; the first one names the numbers. */
    private static long datagramsSent() {
        return numbers("/proc/net/snmp", "Udp:").get(3);
    }

    private static List<Long> numbers(String file, String label) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            String last = lines.filter(line -> line.startsWith(label))
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new DemoFailure(file + " has no " + label));
            return Stream.of(last.substring(label.length()).strip().split("\\s+"))
                    .filter(word -> word.matches("-?\\d+"))
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
