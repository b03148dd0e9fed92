package dev.ha4j.benchmarks.ring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Network namespaces on this machine, one for each process: for Corosync, which can't share an address, and for everybody when a
 * network is to be narrower than loopback. Needs root and iproute2.
 */
final class Network implements AutoCloseable {

    /** As loopback: the benchmark's JVMs are there. */
    static final Width LOOPBACK = new Width(65_521, "");

    /** A gigabit, packets of 1,500 bytes. */
    static final Width ETHERNET = new Width(1_500, "1000");

    private static final int NODES = 3;

    private final String script;
    private final Thread atExit = new Thread(this::down, "network down");

    /** @param mbit how fast each node sends; empty for as fast as it can */
    record Width(int mtu, String mbit) {}

    private Network(String script) {
        this.script = script;
    }

    static Network up(Path folder, Width width) throws BenchmarkFailure, InterruptedException {
        String script = unpacked("network.sh", folder);
        run("no script", "chmod", "+x", script);
        Network network = new Network(script);
        run(
                "no network namespaces",
                script,
                "up",
                Integer.toString(NODES),
                Integer.toString(width.mtu()),
                width.mbit());
        Runtime.getRuntime().addShutdownHook(network.atExit);
        return network;
    }

    static String address(int node) {
        return "10.77.0." + node;
    }

    /** The command, in a node's namespace. */
    List<String> in(int node, List<String> command) {
        List<String> words = new ArrayList<>(List.of(script, "within", Integer.toString(node)));
        words.addAll(command);
        return words;
    }

    List<String> corosync(int node, Path folder) {
        return List.of(script, "corosync", Integer.toString(node), Integer.toString(NODES), folder.toString());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            down();
        } catch (IllegalStateException e) {
            return; // the JVM is ending already, and the hook does it
        }
    }

    private void down() {
        try {
            run("namespaces stay", script, "down", Integer.toString(NODES));
        } catch (BenchmarkFailure e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String unpacked(String resource, Path folder) throws BenchmarkFailure {
        Path file = folder.resolve(resource);
        try (InputStream in = Network.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new BenchmarkFailure(resource + " is missing");
            }
            Files.copy(in, file);
            return file.toString();
        } catch (IOException e) {
            throw new BenchmarkFailure("can't write to " + folder + ": " + e.getMessage());
        }
    }

    static void run(String problem, String... command) throws BenchmarkFailure, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchmarkFailure(problem + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new BenchmarkFailure(problem + ": " + e.getMessage());
        }
    }
}
