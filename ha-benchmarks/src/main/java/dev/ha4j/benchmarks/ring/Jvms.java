package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.ring.node.BenchmarkNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three JVMs on loopback, all with the same flags. */
final class Jvms {

    static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");

    private static final int NODES = 3;

    private Jvms() {}

    static Contender start(String name, Path folder) throws BenchmarkFailure, InterruptedException {
        List<String> ports = freePorts();
        List<Launch> launches = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(FLAGS);
            command.addAll(
                    List.of(System.getProperty("benchmark.flags", "").trim().split(" +")));
            command.removeIf(String::isEmpty);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkNode.class.getName()));
            command.addAll(List.of(name, Integer.toString(node)));
            command.addAll(ports);
            launches.add(new Launch(command, folder.resolve(name + "-" + node + ".log")));
        }
        return Contender.start(name, launches, () -> {});
    }

    private static List<String> freePorts() throws BenchmarkFailure {
        List<DatagramSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                held.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
            return held.stream()
                    .map(socket -> Integer.toString(socket.getLocalPort()))
                    .toList();
        } catch (IOException e) {
            throw new BenchmarkFailure("no free UDP port: " + e.getMessage());
        } finally {
            held.forEach(DatagramSocket::close);
        }
    }
}
