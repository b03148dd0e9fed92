package dev.ha4j.benchmarks.lab;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.NodeProcess;
import dev.ha4j.benchmarks.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every node floods every other over two networks, and the networks are pulled, impaired and divided under it. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "A flood from every node, over two networks that are pulled, lossy, damaging and divided. Needs root.")
public final class FloodLab implements Callable<Integer> {

    private static final int SKIPPED = 77;
    private static final String PREFIX = "ha4jflood";
    private static final String NETWORK_1 = "192.0.2";
    private static final String NETWORKS = NETWORK_1 + ",198.51.100";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SEPARATOR = " ";
    private static final String FIREWALL = "exec 2 nft ";

    @Option(names = "--netlab", required = true, description = "the script that makes networks and troubles")
    private Path netlab = Path.of("");

    @Option(names = "--nodes", defaultValue = "3", description = "processes (default: ${DEFAULT-VALUE})")
    private int nodes = 3;

    @Option(
            names = "--per-second",
            defaultValue = "400",
            description = "messages of each node (default: ${DEFAULT-VALUE})")
    private int perSecond = 400;

    @Option(names = "--seconds", defaultValue = "3", description = "of each trouble (default: ${DEFAULT-VALUE})")
    private int seconds = 3;

    private final List<NodeProcess> running = new ArrayList<>();
    private long marks;
    private boolean well = true;

    private FloodLab() {}

    /** Runs the command; 0 if nothing was lost, doubled or in another order; 77 if it could not run here. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FloodLab()).execute(arguments));
    }

    /** What a trouble may cost. */
    private enum Cost {
        /** Another network is well: no message, and no ring. */
        NO_RING,
        /** All ways are bad: the ring may break, and no message is lost. */
        RINGS,
        /** Nobody can stay together through it. */
        DIVISION
    }

    /** Something that is done to the networks, and how it is undone. */
    private record Trouble(String name, Cost cost, List<String> orders, List<String> undoing) {
        Trouble(String name, Cost cost, String order) {
            this(name, cost, List.of(order), List.of("heal"));
        }
    }

    private List<Trouble> troubles() {
        return List.of(
                new Trouble("none", Cost.NO_RING, List.of(), List.of()),
                new Trouble("network 1 pulled", Cost.NO_RING, "isolate all --net 1"),
                new Trouble("network 2 pulled", Cost.NO_RING, "isolate all --net 2"),
                new Trouble("one cable pulled", Cost.NO_RING, "link 1 1 down"),
                new Trouble("one way lost on network 1", Cost.NO_RING, "oneway 1 2 --net 1"),
                new Trouble(
                        "a firewall rejects on network 1",
                        Cost.NO_RING,
                        firewall(),
                        List.of(FIREWALL + "delete table ip no")),
                new Trouble("20 % lost on both", Cost.RINGS, "impair all loss=20"),
                new Trouble("damaged datagrams", Cost.RINGS, "impair all mangle=5"),
                new Trouble("doubled and overtaking", Cost.RINGS, "impair all dup=20 reorder=20 delay=1"),
                new Trouble("divided", Cost.DIVISION, "partition 1 " + others()));
    }

    /** Node 2 lives, and its host answers that nobody listens there. */
    private static List<String> firewall() {
        return List.of(
                FIREWALL + "add table ip no",
                FIREWALL + "add chain ip no in { type filter hook input priority 0 ; }",
                FIREWALL + "add rule ip no in ip daddr " + NETWORK_1 + ".0/24 ip protocol udp reject");
    }

    private String others() {
        List<String> all = new ArrayList<>();
        for (int node = 2; node <= nodes; node++) {
            all.add(Integer.toString(node));
        }
        return String.join(",", all);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ha4j-flood-");
        try {
            lab("up " + nodes);
        } catch (BenchmarkFailure e) {
            System.out.println("no lab here: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return SKIPPED;
        }
        try {
            start(folder);
            System.out.println(
                    "| trouble | messages/s | link downs | new rings | rejected datagrams |\n|---|---|---|---|---|");
            for (Trouble trouble : troubles()) {
                live(trouble);
            }
        } catch (BenchmarkFailure e) {
            System.out.println("failed: " + e.getMessage());
            well = false;
        } finally {
            running.forEach(NodeProcess::close);
            takeDown();
        }
        return well ? 0 : 1;
    }

    private void start(Path folder) throws BenchmarkFailure, InterruptedException {
        for (int node = 1; node <= nodes; node++) {
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", PREFIX + "-h" + node));
            command.addAll(Shell.java(
                    LabRing.JVM_FLAGS,
                    FloodNode.class,
                    List.of(
                            Integer.toString(node),
                            Integer.toString(nodes),
                            NETWORKS,
                            Integer.toString(perSecond),
                            folder.toString())));
            running.add(NodeProcess.start(command, folder.resolve("node-" + node + ".log")));
        }
        for (NodeProcess node : running) {
            node.await("ring", said -> Integer.parseInt(said[1]) == nodes, LIMIT);
        }
        pass(seconds);
    }

    private void live(Trouble trouble) throws BenchmarkFailure, InterruptedException {
        long[] linksBefore = links();
        Mark before = mark();
        for (String order : trouble.orders()) {
            lab(order);
        }
        pass(seconds);
        if (trouble.cost() == Cost.DIVISION) {
            mend(trouble);
            for (NodeProcess node : running) {
                node.await("ring", said -> Integer.parseInt(said[1]) == nodes, LIMIT);
            }
        }
        Mark during = mark();
        if (trouble.cost() != Cost.DIVISION) {
            mend(trouble);
            pass(1);
        }
        Mark after = mark();
        long[] links = links();
        long rings = after.changes - before.changes;
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %d | %d | %,d |%n",
                trouble.name(),
                (during.delivered - before.delivered) / ((during.nanos - before.nanos) / 1e9),
                links[1] - linksBefore[1],
                rings,
                links[2] - linksBefore[2]);
        if (rings > 0 && trouble.cost() == Cost.NO_RING) {
            System.out.println("failed: where another network is well, a trouble and its end cost no ring");
            well = false;
        }
    }

    private void mend(Trouble trouble) throws BenchmarkFailure, InterruptedException {
        for (String order : trouble.undoing()) {
            lab(order);
        }
    }

    /** What one node said at a mark that all agreed on. */
    private record Mark(long delivered, long changes, long nanos) {}

    /** Everybody says at the same place of the order what was delivered in this ring, which has to be the same. */
    private Mark mark() throws BenchmarkFailure, InterruptedException {
        marks++;
        String number = Long.toString(marks);
        running.get(0).say("mark " + number);
        Set<String> orders = new HashSet<>();
        Mark first = new Mark(0, 0, 0);
        for (NodeProcess node : running) {
            String[] said = node.await("mark", words -> words[1].equals(number), LIMIT);
            orders.add(String.join(SEPARATOR, Arrays.asList(said).subList(2, 5)));
            first = first.nanos != 0
                    ? first
                    : new Mark(Long.parseLong(said[5]), Long.parseLong(said[6]), System.nanoTime());
        }
        if (orders.size() > 1) {
            throw new BenchmarkFailure("the nodes delivered differently: " + orders);
        }
        return first;
    }

    /** Of all nodes together: links that are up, how often they went down, datagrams that were rejected. */
    private long[] links() throws BenchmarkFailure, InterruptedException {
        long[] sums = new long[3];
        for (NodeProcess node : running) {
            node.say("links");
            String[] said = node.await("links", LIMIT);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Long.parseLong(said[i + 1]);
            }
        }
        return sums;
    }

    private static void pass(int seconds) {
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void lab(String order) throws BenchmarkFailure, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", netlab.toString(), "-p", PREFIX));
        command.addAll(List.of(order.split(SEPARATOR)));
        Shell.run("no lab", command);
    }

    private void takeDown() throws InterruptedException {
        try {
            lab("destroy");
        } catch (BenchmarkFailure e) {
            System.err.println("the lab stays: " + e.getMessage());
        }
    }
}
