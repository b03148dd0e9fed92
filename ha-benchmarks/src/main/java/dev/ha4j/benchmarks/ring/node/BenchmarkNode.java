package dev.ha4j.benchmarks.ring.node;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** One process of a contender. Arguments: the contender's name, this node's number from 1, and the address of each node. */
public final class BenchmarkNode implements Group.Sink {

    private final Group group;
    private final int self;
    private volatile Tally tally;

    private BenchmarkNode(Group group, int self) {
        this.group = group;
        this.self = self;
        this.tally = new Tally(new Workload(Stamp.BYTES, 1, 0, 0, 0), self);
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        int self = Integer.parseInt(arguments[1]);
        List<InetSocketAddress> addresses =
                Arrays.stream(arguments).skip(2).map(BenchmarkNode::address).toList();
        try (Group group = group(arguments[0], self, addresses)) {
            new BenchmarkNode(group, self).obey();
        }
        System.exit(0);
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static Group group(String contender, int self, List<InetSocketAddress> addresses) {
        if (contender.startsWith("ha4j")) {
            return new Ha4jGroup(contender, self, addresses);
        }
        if (contender.startsWith("jgroups")) {
            return new JGroupsGroup(contender, self, addresses);
        }
        throw new IllegalArgumentException("no such contender: " + contender);
    }

    private void obey() throws Exception {
        group.join(this);
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Workload workload = new Workload(Stamp.BYTES, 1, 0, 0, 0);
        Watch watch = null;
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "prepare" -> {
                    workload = Workload.of(words);
                    tally = new Tally(workload, self);
                    System.out.println("prepared");
                }
                case "watch" -> {
                    watch = group.watch();
                    System.out.println("watching");
                }
                case "watched" -> System.out.println(watch == null ? "failed not watching" : "seen " + watch.words());
                default -> System.out.println(run(workload));
            }
        }
    }

    private String run(Workload workload) throws InterruptedException {
        try {
            return new Load(group, workload, tally, self).run();
        } catch (ExecutionException e) {
            return "failed " + e.getCause();
        }
    }

    @Override
    public void delivered(byte[] buffer, int offset) {
        tally.delivered(buffer, offset);
    }
}
