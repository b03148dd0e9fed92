package dev.ha4j.node;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.NodeSpec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** A cluster whose nodes all live in this JVM, on real sockets. */
final class Loopback implements AutoCloseable {

    static final List<String> NAMES = List.of("a", "b", "c");

    final List<String> halts = new CopyOnWriteArrayList<>();
    private final ClusterConfig config;
    private final Path directory;
    private final List<HaNode> nodes = new ArrayList<>();

    Loopback(Path directory, ClusterConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /** Three nodes with a short token and two links, on ports that were free a moment ago. */
    static ClusterConfigBuilder config(String name) {
        ClusterConfigBuilder builder =
                ClusterConfig.named(name).authKey(AuthKey.random()).tokenTimeout(Duration.ofMillis(500));
        List<Integer> ports = freePorts(NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            builder.node(i + 1, NAMES.get(i), "127.0.0.1:" + ports.get(i), "127.0.0.2:" + ports.get(i));
        }
        return builder;
    }

    /** A cluster of one node, {@code a}. */
    static ClusterConfigBuilder single(String name) {
        return keyless(name).authKey(AuthKey.random());
    }

    /** The same, before it is said by which key it is protected. */
    static ClusterConfigBuilder keyless(String name) {
        return ClusterConfig.named(name)
                .tokenTimeout(Duration.ofMillis(500))
                .node(1, "a", "127.0.0.1:" + freePorts(1).get(0));
    }

    private static List<Integer> freePorts(int count) {
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                sockets.add(free());
            }
            return sockets.stream().map(DatagramSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    /** Below the ports that the system gives to whoever doesn't ask for a certain one: it stays free until it is used. */
    private static DatagramSocket free() throws IOException {
        for (int trial = 0; trial < 1_000; trial++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try {
                return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (SocketException e) {
                // taken
            }
        }
        throw new IOException("no free port");
    }

    /** An address that nobody has bound. */
    static InetSocketAddress free(String host) {
        return new InetSocketAddress(host, freePorts(1).get(0));
    }

    /** One node more, with two links. */
    static NodeSpec another(int id, String name) {
        int port = freePorts(1).get(0);
        return NodeSpec.of(id, name, "127.0.0.1:" + port, "127.0.0.2:" + port);
    }

    /** What the operator gives to a node that is added. */
    static ClusterConfig with(ClusterConfig config, NodeSpec added) {
        return new ClusterConfig(
                config.policy().withNode(added), config.authKeys(), config.ring(), config.fenceDevices());
    }

    /** A builder of the node, with all that a test wants. */
    HaNodeBuilder node(String name) {
        return node(name, config);
    }

    HaNodeBuilder node(String name, ClusterConfig itsConfig) {
        return HaNode.builder()
                .cluster(itsConfig)
                .self(name)
                .stateDirectory(directory.resolve(name))
                .handOverLimit(Duration.ofSeconds(10))
                .rehearse(false)
                .onHalt(halts::add);
    }

    /** Starts it, and closes it with this. */
    HaNode start(HaNodeBuilder builder) {
        HaNode node = builder.start();
        nodes.add(node);
        return node;
    }

    List<HaNode> startAll() {
        return NAMES.stream().map(name -> start(node(name))).toList();
    }

    @Override
    public void close() {
        nodes.forEach(HaNode::close);
    }

    /** Names of threads of this cluster that still run. */
    List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ha4j-" + config.name() + "-"))
                .sorted()
                .toList();
    }
}
