package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.Network;
import dev.ha4j.benchmarks.cluster.Shell;
import dev.ha4j.benchmarks.ring.node.BenchmarkNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Three JVMs, all with the same flags: on loopback, or each in its namespace. */
final class Jvms {

    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx2g", "-XX:+UseParallelGC");
    private static final int NODES = 3;

    private Jvms() {}

    /** The same for all, and what the property {@code benchmark.flags} adds. */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(FLAGS);
        Arrays.stream(System.getProperty("benchmark.flags", "").split(" "))
                .filter(flag -> !flag.isEmpty())
                .forEach(flags::add);
        return flags;
    }

    static Contender start(String name, Path folder, Optional<Network> network)
            throws BenchmarkFailure, InterruptedException {
        List<Integer> ports = freePorts();
        List<String> addresses = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            addresses.add((network.isPresent() ? Network.address(node) : "127.0.0.1") + ":" + ports.get(node - 1));
        }
        List<Launch> launches = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            List<String> command = command(name, node, addresses);
            int self = node;
            launches.add(new Launch(
                    network.map(some -> some.in(self, command)).orElse(command),
                    folder.resolve(name + "-" + node + ".log")));
        }
        return Contender.start(name, launches);
    }

    private static List<String> command(String name, int node, List<String> addresses) {
        List<String> arguments = new ArrayList<>(List.of(name, Integer.toString(node)));
        arguments.addAll(addresses);
        return Shell.java(flags(), BenchmarkNode.class, arguments);
    }

    private static List<Integer> freePorts() throws BenchmarkFailure {
        List<DatagramSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                held.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(DatagramSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new BenchmarkFailure("no free UDP port: " + e.getMessage());
        } finally {
            held.forEach(DatagramSocket::close);
        }
    }
}
