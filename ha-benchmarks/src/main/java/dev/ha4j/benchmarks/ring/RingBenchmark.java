package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.Network;
import dev.ha4j.benchmarks.ring.node.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the same workloads to three processes of each contender, and prints what each delivered. */
@Command(
        name = "ring",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Total order among three processes on this machine: ha4j's ring (encrypted) beside JGroups (not encrypted)"
                        + " and Corosync (encrypted).")
public final class RingBenchmark implements Callable<Integer> {

    private static final int WARM_UP_MILLIS = 1_000;

    /** At a low rate the JIT compiler needs longer until it has seen enough, and has undone what it assumed at the high one. */
    private static final int PACED_WARM_UP_MILLIS = 8_000;

    private static final String COROSYNC = "corosync";
    private static final int COROSYNC_TOKEN_MILLIS = 1_000;
    private static final int COROSYNC_COEFFICIENT_MILLIS = 650;

    @Option(names = "--quick", description = "one second a run instead of three, 1 KiB and 64 B only")
    private boolean quick;

    @Option(
            names = "--contenders",
            split = ",",
            defaultValue = "ha4j,jgroups-tcp,jgroups-udp,corosync",
            description = "who takes part (default: ${DEFAULT-VALUE})")
    private List<String> contenders = List.of();

    @Option(names = "--sizes", split = ",", description = "bytes of a message (default: 64,1024,8192,65536)")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--senders",
            split = ",",
            defaultValue = "1,3",
            description = "sending nodes (default: ${DEFAULT-VALUE})")
    private List<Integer> senders = List.of();

    @Option(
            names = "--per-second",
            split = ",",
            defaultValue = "0,1000",
            description = "rates, 0 for as many as go through (default: ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(names = "--seconds", description = "how long each run is counted")
    private int seconds;

    @Option(
            names = "--ethernet",
            description =
                    "everybody in network namespaces: packets of 1,500 bytes, each node sends a gigabit per second."
                            + " Without it, loopback. Needs root and iproute2")
    private boolean ethernet;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "no run begins later than this (default: ${DEFAULT-VALUE})")
    private double minutes;

    private Optional<Network> network = Optional.empty();

    private RingBenchmark() {}

    /** Runs the command; the exit code is 0 if every run of every contender that could be started ended well. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RingBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-benchmark-");
        System.out.println(Machine.describe() + "\nJVM flags: " + String.join(" ", Jvms.flags()) + "\nlogs: " + folder);
        Map<String, Contender> running = new LinkedHashMap<>();
        try {
            openNetwork(folder);
            for (String name : contenders) {
                start(name, folder).ifPresent(contender -> running.put(name, contender));
            }
            return measure(running, folder) ? 0 : 1;
        } finally {
            running.values().forEach(Contender::close);
            network.ifPresent(Network::close);
        }
    }

    private void openNetwork(Path folder) throws InterruptedException {
        if (!ethernet && !contenders.contains(COROSYNC)) {
            return;
        }
        try {
            network = Optional.of(Network.up("bench", folder, ethernet ? Network.ETHERNET : Network.LOOPBACK));
        } catch (BenchmarkFailure e) {
            System.out.println(e.getMessage());
        }
    }

    private Optional<Contender> start(String name, Path folder) throws InterruptedException {
        try {
            if (name.equals(COROSYNC) || ethernet) {
                Network its = network.orElseThrow(() -> new BenchmarkFailure("no network namespaces"));
                return Optional.of(
                        name.equals(COROSYNC) ? corosync(folder, its) : Jvms.start(name, folder, Optional.of(its)));
            }
            return Optional.of(Jvms.start(name, folder, Optional.empty()));
        } catch (BenchmarkFailure e) {
            System.out.println("skipped " + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Real Corosync, knet, with its own defaults, and a libcpg client that takes the benchmark's orders. */
    private static Contender corosync(Path folder, Network network) throws BenchmarkFailure, InterruptedException {
        Network.Corosync corosync = network.corosync(RingBenchmark.class, "corosync-load.c", folder);
        List<Launch> launches = IntStream.rangeClosed(1, Network.NODES)
                .mapToObj(node -> new Launch(
                        corosync.on(node, COROSYNC_TOKEN_MILLIS, COROSYNC_COEFFICIENT_MILLIS),
                        folder.resolve("corosync-" + node + ".log")))
                .toList();
        return Contender.start(COROSYNC, launches);
    }

    private boolean measure(Map<String, Contender> running, Path folder) throws InterruptedException {
        ResultTable table = new ResultTable(List.copyOf(running.keySet()));
        boolean well = true;
        long endNanos = System.nanoTime() + (long) (minutes * 60e9);
        for (int rate : rates) {
            well &= warmUp(running, rate, folder);
            for (Workload workload : workloads(rate, millis() / 2, millis())) {
                if (System.nanoTime() - endNanos > 0) {
                    System.out.println("the time is over: the rest is left out");
                    table.end();
                    return false;
                }
                Map<String, Figures> row = new LinkedHashMap<>();
                for (String name : List.copyOf(running.keySet())) {
                    well &= run(name, workload, running, row, folder);
                }
                table.add(workload, row);
            }
        }
        table.end();
        return well;
    }

    /** Who breaks down misses a row, and begins anew: nobody knows what its processes still do. */
    private boolean run(
            String name, Workload workload, Map<String, Contender> running, Map<String, Figures> row, Path folder)
            throws InterruptedException {
        Contender contender = running.get(name);
        try {
            if (contender != null) {
                row.put(name, contender.run(workload));
            }
            return true;
        } catch (BenchmarkFailure e) {
            replace(name, e, running, folder);
            return false;
        }
    }

    private void replace(String name, BenchmarkFailure failure, Map<String, Contender> running, Path folder)
            throws InterruptedException {
        System.out.println(name + ": " + failure.getMessage());
        Optional.ofNullable(running.remove(name)).ifPresent(Contender::close);
        start(name, folder).ifPresent(another -> running.put(name, another));
    }

    /** So that nobody's first run is the compiler's. At a fixed rate there is room for all at once. */
    private boolean warmUp(Map<String, Contender> running, int rate, Path folder) throws InterruptedException {
        boolean well = true;
        for (Workload workload : workloads(rate, 0, rate > 0 ? PACED_WARM_UP_MILLIS : WARM_UP_MILLIS)) {
            if (rate > 0) {
                well &= runTogether(workload, running, folder);
            } else {
                for (String name : List.copyOf(running.keySet())) {
                    well &= run(name, workload, running, new LinkedHashMap<>(), folder);
                }
            }
        }
        return well;
    }

    private boolean runTogether(Workload workload, Map<String, Contender> running, Path folder)
            throws InterruptedException {
        Map<String, BenchmarkFailure> failures = new ConcurrentHashMap<>();
        List<Callable<Void>> runs = new ArrayList<>();
        running.forEach((name, contender) -> runs.add(() -> {
            try {
                contender.run(workload);
            } catch (BenchmarkFailure e) {
                failures.put(name, e);
            }
            return null;
        }));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            threads.invokeAll(runs);
        } finally {
            threads.shutdownNow();
        }
        for (Map.Entry<String, BenchmarkFailure> failure : failures.entrySet()) {
            replace(failure.getKey(), failure.getValue(), running, folder);
        }
        return failures.isEmpty();
    }

    private int millis() {
        return seconds > 0 ? seconds * 1000 : quick ? 1000 : 3000;
    }

    private List<Workload> workloads(int rate, int warmUpMillis, int countedMillis) {
        List<Integer> bytes = !sizes.isEmpty() ? sizes : quick ? List.of(64, 1024) : List.of(64, 1024, 8192, 65_536);
        List<Workload> workloads = new ArrayList<>();
        for (int size : bytes) {
            senders.forEach(count -> workloads.add(new Workload(size, count, rate, warmUpMillis, countedMillis)));
        }
        return workloads;
    }
}
