package dev.ha4j.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Network namespaces on this machine, one for each node: for cables that can be pulled, for Corosync, which can't share an address,
 * and for everybody when a network is to be narrower than loopback. Needs root and iproute2.
 */
public final class Network implements AutoCloseable {

    /** As loopback: the benchmark's JVMs are there. */
    public static final Width LOOPBACK = new Width(65_521, "");

    /** A gigabit, packets of 1,500 bytes. */
    public static final Width ETHERNET = new Width(1_500, "1000");

    /** The first three numbers of all addresses; the last is the node's. */
    public static final String ADDRESSES = "10.77.0";

    /** Of each network. */
    public static final int NODES = 3;

    private static final int KEY_BYTES = 256;

    private final String name;
    private final String script;
    private final Thread atExit = new Thread(this::down, "network down");

    /**
     * How wide it is.
     *
     * @param mbit how fast each node sends; empty for as fast as it can
     */
    public record Width(int mtu, String mbit) {}

    private Network(String name, String script) {
        this.name = name;
        this.script = script;
    }

    /**
     * Sets up a network of three nodes.
     *
     * @param name of at most eight letters, so that benchmarks can run side by side
     * @param folder for the script
     */
    public static Network up(String name, Path folder, Width width) throws BenchmarkFailure, InterruptedException {
        String script = Shell.unpacked(Network.class, "network.sh", folder).toString();
        Network network = new Network(name, script);
        Shell.run(
                "no network namespaces",
                network.words("up", Integer.toString(NODES), Integer.toString(width.mtu()), width.mbit()));
        Runtime.getRuntime().addShutdownHook(network.atExit);
        return network;
    }

    public static String address(int node) {
        return ADDRESSES + "." + node;
    }

    /** The command, in a node's namespace. */
    public List<String> in(int node, List<String> command) {
        List<String> words = words("within", Integer.toString(node));
        words.addAll(command);
        return words;
    }

    /** Pulls the node's cable, or plugs it in. */
    public void cable(int node, boolean plugged) throws BenchmarkFailure, InterruptedException {
        Shell.run("no cable", words("cable", Integer.toString(node), plugged ? "up" : "down"));
    }

    /**
     * Prepares Corosync.
     *
     * @param client C source beside that class: a client of Corosync, which speaks in its stead
     * @param folder for key, client and what Corosync remembers
     */
    public Corosync corosync(Class<?> owner, String client, Path folder) throws BenchmarkFailure, InterruptedException {
        try {
            Path files = Files.createTempDirectory(folder, "corosync-");
            Files.write(files.resolve("corosync.key"), new byte[KEY_BYTES]);
            String source = Shell.unpacked(owner, client, files).toString();
            Shell.run(
                    "Corosync can't be had",
                    words("compile", source, files.resolve("client").toString()));
            return new Corosync(files);
        } catch (IOException e) {
            throw new BenchmarkFailure("can't write to " + folder + ": " + e.getMessage());
        }
    }

    /** Corosync with a client, as processes of this network. */
    public final class Corosync {
        private final Path files;

        private Corosync(Path files) {
            this.files = files;
        }

        /**
         * How to start it on a node. It says {@code pid} and Corosync's number, then what the client says.
         *
         * @param tokenMillis its {@code token}
         * @param coefficientMillis its {@code token_coefficient}, for the third node
         */
        public List<String> on(int node, int tokenMillis, int coefficientMillis) {
            return words(
                    "corosync",
                    Integer.toString(node),
                    Integer.toString(NODES),
                    files.toString(),
                    Integer.toString(tokenMillis),
                    Integer.toString(coefficientMillis));
        }
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
            Shell.run("namespaces stay", words("down", Integer.toString(NODES)));
        } catch (BenchmarkFailure e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> words(String... order) {
        List<String> words = new ArrayList<>(List.of("bash", script, name));
        words.addAll(List.of(order));
        return words;
    }
}
