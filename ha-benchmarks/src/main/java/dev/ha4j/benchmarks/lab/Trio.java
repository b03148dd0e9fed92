package dev.ha4j.benchmarks.lab;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.Network;
import dev.ha4j.benchmarks.cluster.NodeProcess;
import dev.ha4j.benchmarks.cluster.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Three nodes of one contender, of which one is lost and comes back, again and again. */
final class Trio implements AutoCloseable {

    private static final int NODES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So that losses fall on any moment of what the rings do by themselves. */
    private static final long MOST_REST_NANOS = 400_000_000L;

    private static final int SEED = 7;

    private final String contender;
    private final Network network;
    private final Path folder;
    private final IntFunction<List<String>> command;
    private final TreeMap<Integer, Node> nodes = new TreeMap<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** A node's process, and the number of the one that counts: Corosync's, if that is behind a script. */
    private record Node(NodeProcess process, String pid) {

        void signal(String signal) throws BenchmarkFailure, InterruptedException {
            Shell.run("no signal", List.of("kill", "-" + signal, pid));
        }
    }

    private Trio(String contender, Network network, Path folder, IntFunction<List<String>> command) {
        this.contender = contender;
        this.network = network;
        this.folder = folder;
        this.command = command;
    }

    static Trio ofHa4j(Network network, Path folder, int tokenMillis) {
        return new Trio(
                "ha4j",
                network,
                folder,
                node -> network.in(
                        node,
                        Shell.java(
                                LabRing.JVM_FLAGS,
                                DetectionNode.class,
                                List.of(
                                        Integer.toString(node),
                                        Integer.toString(NODES),
                                        Network.ADDRESSES,
                                        Integer.toString(tokenMillis),
                                        folder.toString()))));
    }

    static Trio ofCorosync(Network network, Path folder, int tokenMillis)
            throws BenchmarkFailure, InterruptedException {
        Network.Corosync corosync = network.corosync(Trio.class, "corosync-watch.c", folder);
        return new Trio("corosync", network, folder, node -> corosync.on(node, tokenMillis, 0));
    }

    void start() throws BenchmarkFailure, InterruptedException {
        for (int node = 1; node <= NODES; node++) {
            nodes.put(node, started(node));
        }
        await(List.of(1, 2, 3), NODES, 0);
    }

    private Node started(int node) throws BenchmarkFailure, InterruptedException {
        NodeProcess process = NodeProcess.start(command.apply(node), folder.resolve(contender + "-" + node + ".log"));
        return new Node(process, process.await("pid", LIMIT)[1]);
    }

    /** Nanoseconds from the loss to the moment at which the last survivor has the ring of the survivors. */
    long lose(int node, Loss loss) throws BenchmarkFailure, InterruptedException {
        LockSupport.parkNanos(random.nextLong(MOST_REST_NANOS));
        List<Integer> survivors =
                nodes.keySet().stream().filter(each -> each != node).toList();
        long begin = System.nanoTime();
        inflict(node, loss);
        long end = await(survivors, NODES - 1, begin);
        long undone = System.nanoTime();
        undo(node, loss);
        await(List.copyOf(nodes.keySet()), NODES, undone);
        return end - begin;
    }

    private void inflict(int node, Loss loss) throws BenchmarkFailure, InterruptedException {
        switch (loss) {
            case KILLED -> node(node).signal("KILL");
            case STOPPED -> node(node).signal("STOP");
            case UNPLUGGED -> network.cable(node, false);
        }
    }

    private void undo(int node, Loss loss) throws BenchmarkFailure, InterruptedException {
        switch (loss) {
            case KILLED -> {
                node(node).process().close();
                nodes.put(node, started(node));
            }
            case STOPPED -> node(node).signal("CONT");
            case UNPLUGGED -> network.cable(node, true);
        }
    }

    private Node node(int number) throws BenchmarkFailure {
        Node node = nodes.get(number);
        if (node == null) {
            throw new BenchmarkFailure("node " + number + " was not started");
        }
        return node;
    }

    /** When the last of them had installed a ring of that many members, after that instant. */
    private long await(List<Integer> whom, int members, long afterNanos) throws BenchmarkFailure, InterruptedException {
        long last = 0;
        for (int node : whom) {
            String[] words = node(node)
                    .process()
                    .await(
                            "ring",
                            said -> Integer.parseInt(said[1]) == members && Long.parseLong(said[2]) > afterNanos,
                            LIMIT);
            last = Math.max(last, Long.parseLong(words[2]));
        }
        return last;
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.process().close());
    }
}
