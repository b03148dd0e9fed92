package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of a Corosync ring, over {@code knet} or {@code udpu}. Everything but {@code self} has to be as in corosync.conf(5) on the other nodes; names in
 * brackets are those of that file. {@link CorosyncConf} reads it from there.
 *
 * @param self this node's id
 * @param nodes all nodes, this one included ({@code nodelist})
 * @param port of all nodes with {@code udpu} ({@code totem.interface.mcastport}); with knet, each link has its own
 * @param token time without a token after which it counts as lost, before the supplement for more than two nodes ({@code token})
 * @param tokenCoefficient that supplement, for each node beyond two ({@code token_coefficient})
 * @param totem other timers, and limits
 * @param mtuBytes of the network, headers of IP and UDP included ({@code netmtu}; with knet, {@code knet_mtu})
 * @param quorum how votes are counted ({@code quorum}); quorum devices are not supported
 * @param knet links and encryption; {@code udpu} if it is empty ({@code transport})
 */
public record CorosyncConfig(
        NodeId self,
        SortedMap<NodeId, Node> nodes,
        int port,
        Duration token,
        Duration tokenCoefficient,
        TotemConfig totem,
        int mtuBytes,
        QuorumOptions quorum,
        Optional<KnetConfig> knet) {

    /** Most nodes in a ring. */
    public static final int MAX_NODES = 384;

    static final int DEFAULT_PORT = 5_405;
    static final int MIN_MTU_BYTES = 576;
    static final int MAX_MTU_BYTES = 1_500;
    static final Duration DEFAULT_TOKEN = Duration.ofSeconds(3);
    static final Duration DEFAULT_TOKEN_COEFFICIENT = Duration.ofMillis(650);

    /**
     * One of the nodes.
     *
     * @param name for people
     * @param addresses that it sends from and receives at, one for each link; packets from elsewhere are dropped ({@code ring0_addr} to
     *     {@code ring7_addr})
     * @param votes that it has ({@code quorum_votes})
     */
    public record Node(String name, List<InetAddress> addresses, int votes) {

        public Node {
            addresses = List.copyOf(addresses);
        }

        /** A node with one link. */
        public Node(String name, InetAddress address, int votes) {
            this(name, List.of(address), votes);
        }

        /** Its address on the first link. */
        public InetAddress address() {
            return addresses.get(0);
        }
    }

    /**
     * Checks what can't work.
     *
     * @throws IllegalArgumentException naming what to change
     */
    public CorosyncConfig {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        require(nodes.containsKey(self), "node " + self + " is not among the nodes " + nodes.keySet() + ": add it");
        require(nodes.size() <= MAX_NODES, "a ring has at most " + MAX_NODES + " nodes, not " + nodes.size());
        require(port > 0 && port < 1 << 16, "port has to be 1 to 65535, not " + port);
        require(token.compareTo(Duration.ofMillis(100)) >= 0, "token has to be at least 100 ms, not " + token);
        require(!tokenCoefficient.isNegative(), "tokenCoefficient must not be negative: " + tokenCoefficient);
        totem.check(effective(token, tokenCoefficient, nodes.size()));
        require(
                mtuBytes >= MIN_MTU_BYTES && mtuBytes <= MAX_MTU_BYTES,
                "mtuBytes has to be " + MIN_MTU_BYTES + " to " + MAX_MTU_BYTES + ", not " + mtuBytes);
        require(quorum.device().isEmpty(), "a quorum device is not supported: leave it out");
        int links = knet.map(KnetConfig::links).map(List::size).orElse(1);
        for (Node node : nodes.values()) {
            require(
                    node.addresses().size() == links,
                    "there are " + links + " links: " + node.name() + " has to have as many addresses, not "
                            + node.addresses());
        }
        for (int link = 0; link < links; link++) {
            int number = link;
            long addresses = nodes.values().stream()
                    .map(node -> node.addresses().get(number))
                    .distinct()
                    .count();
            require(addresses == nodes.size(), "two nodes have the same address: " + nodes);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A configuration with Corosync's defaults, over {@code udpu}. */
    public static CorosyncConfig of(int self, SortedMap<NodeId, Node> nodes) {
        return of(self, nodes, Optional.empty());
    }

    /** A configuration with Corosync's defaults, over {@code knet}. */
    public static CorosyncConfig of(int self, SortedMap<NodeId, Node> nodes, KnetConfig knet) {
        return of(self, nodes, Optional.of(knet));
    }

    private static CorosyncConfig of(int self, SortedMap<NodeId, Node> nodes, Optional<KnetConfig> knet) {
        return new CorosyncConfig(
                NodeId.of(self),
                nodes,
                DEFAULT_PORT,
                DEFAULT_TOKEN,
                DEFAULT_TOKEN_COEFFICIENT,
                TotemConfig.DEFAULTS,
                MAX_MTU_BYTES,
                QuorumOptions.DEFAULTS,
                knet);
    }

    public CorosyncConfig withPort(int value) {
        return new CorosyncConfig(self, nodes, value, token, tokenCoefficient, totem, mtuBytes, quorum, knet);
    }

    public CorosyncConfig withToken(Duration value) {
        return new CorosyncConfig(self, nodes, port, value, tokenCoefficient, totem, mtuBytes, quorum, knet);
    }

    public CorosyncConfig withTokenCoefficient(Duration value) {
        return new CorosyncConfig(self, nodes, port, token, value, totem, mtuBytes, quorum, knet);
    }

    public CorosyncConfig withTotem(TotemConfig value) {
        return new CorosyncConfig(self, nodes, port, token, tokenCoefficient, value, mtuBytes, quorum, knet);
    }

    public CorosyncConfig withMtuBytes(int value) {
        return new CorosyncConfig(self, nodes, port, token, tokenCoefficient, totem, value, quorum, knet);
    }

    public CorosyncConfig withQuorum(QuorumOptions value) {
        return new CorosyncConfig(self, nodes, port, token, tokenCoefficient, totem, mtuBytes, value, knet);
    }

    public CorosyncConfig withKnet(KnetConfig value) {
        return new CorosyncConfig(
                self, nodes, port, token, tokenCoefficient, totem, mtuBytes, quorum, Optional.of(value));
    }

    /** This node's own address on the first link. */
    public InetAddress address() {
        return Objects.requireNonNull(nodes.get(self)).address();
    }

    /** This node's own addresses, by link. */
    public List<InetAddress> addresses() {
        return Objects.requireNonNull(nodes.get(self)).addresses();
    }

    /** The token timeout in effect, as {@code corosync-cmapctl runtime.config.totem.token} shows it. */
    public Duration effectiveToken() {
        return effective(token, tokenCoefficient, nodes.size());
    }

    private static Duration effective(Duration token, Duration coefficient, int nodes) {
        return token.plus(coefficient.multipliedBy(Math.max(0, nodes - 2)));
    }

    /** In effect: {@code runtime.config.totem.token_retransmit}. */
    public Duration effectiveTokenRetransmit() {
        return totem.tokenRetransmit(effectiveToken());
    }

    /** In effect: {@code runtime.config.totem.hold}. */
    public Duration effectiveHold() {
        return totem.hold(effectiveToken());
    }

    /** In effect: {@code runtime.config.totem.consensus}. */
    public Duration effectiveConsensus() {
        return totem.consensus(effectiveToken());
    }
}
