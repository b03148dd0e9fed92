package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads corosync.conf(5), as far as it matters to a ring over {@code knet} or {@code udpu}: sections of {@code key: value}, which may
 * nest. What this node could not take part in is refused.
 */
public final class CorosyncConf {

    private final ConfSection root;

    private CorosyncConf(ConfSection root) {
        this.root = root;
    }

    /**
     * Reads the file for one of its nodes, and the file with the key that it names. Names of hosts are looked up, so this may block.
     *
     * @throws IOException if a file can't be read, or a host is unknown
     * @throws IllegalArgumentException naming what this node can't take part in
     */
    public static CorosyncConfig read(Path file, int self) throws IOException {
        return parse(Files.readAllLines(file), self);
    }

    /** The same with the lines of such a file. */
    public static CorosyncConfig parse(List<String> lines, int self) throws IOException {
        return new CorosyncConf(sections(lines)).config(self);
    }

    private static ConfSection sections(List<String> lines) {
        ArrayDeque<ConfSection> open = new ArrayDeque<>(List.of(new ConfSection("")));
        int number = 0;
        for (String raw : lines) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            read(line, number, open);
        }
        require(open.size() == 1, "section " + open.element().name() + " has no closing brace");
        return open.element();
    }

    private static void read(String line, int number, ArrayDeque<ConfSection> open) {
        int colon = line.indexOf(':');
        if (line.equals("}")) {
            require(open.size() > 1, "line " + number + ": a closing brace without an open section");
            open.pop();
        } else if (line.endsWith("{")) {
            ConfSection section =
                    new ConfSection(line.substring(0, line.length() - 1).strip());
            open.element().sections().add(section);
            open.push(section);
        } else if (colon > 0) {
            open.element()
                    .values()
                    .put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
        } else {
            throw new IllegalArgumentException("line " + number + " is no key and value: " + line);
        }
    }

    private CorosyncConfig config(int self) throws IOException {
        ConfSection totem = root.section("totem");
        boolean isKnet = isKnet(totem);
        int links = isKnet ? links() : 1;
        return new CorosyncConfig(
                NodeId.of(self),
                nodes(links),
                totem.section("interface").number("mcastport").orElse(CorosyncConfig.DEFAULT_PORT),
                totem.positiveMillis("token").orElse(CorosyncConfig.DEFAULT_TOKEN),
                totem.millis("token_coefficient").orElse(CorosyncConfig.DEFAULT_TOKEN_COEFFICIENT),
                TotemConf.read(totem),
                totem.positive(isKnet ? "knet_mtu" : "netmtu").orElse(CorosyncConfig.MAX_MTU_BYTES),
                quorum(),
                isKnet ? Optional.of(KnetConf.read(totem, links)) : Optional.empty());
    }

    private static boolean isKnet(ConfSection totem) {
        String transport = totem.value("transport").orElse("knet");
        require(
                transport.equals("knet") || transport.equals("udpu"),
                "transport is " + transport + ": only knet and udpu are supported");
        for (String key : List.of("crypto_cipher", "crypto_hash")) {
            String crypto = totem.value(key).orElse("none");
            require(
                    transport.equals("knet") || crypto.equals("none"),
                    key + " is " + crypto + ": udpu knows only none");
        }
        return transport.equals("knet");
    }

    /** So many as the first node has addresses. */
    private int links() {
        List<ConfSection> nodes = root.section("nodelist").sections();
        int links = 1;
        while (!nodes.isEmpty() && nodes.get(0).value(addressKey(links)).isPresent()) {
            links++;
        }
        return links;
    }

    private static String addressKey(int link) {
        return "ring" + link + "_addr";
    }

    private SortedMap<NodeId, CorosyncConfig.Node> nodes(int links) throws UnknownHostException {
        IpVersion ipVersion = IpVersion.read(root.section("totem"));
        TreeMap<NodeId, CorosyncConfig.Node> nodes = new TreeMap<>();
        for (ConfSection node : root.section("nodelist").sections()) {
            List<InetAddress> addresses = addresses(node, links, ipVersion);
            String address = node.value(addressKey(0)).orElseThrow();
            int id = node.number("nodeid")
                    .orElseThrow(() -> new IllegalArgumentException("node " + address + " has no nodeid: add it"));
            String name = node.value("name").orElse(address);
            CorosyncConfig.Node other = nodes.put(
                    NodeId.of(id),
                    new CorosyncConfig.Node(
                            name, addresses, node.number("quorum_votes").orElse(1)));
            if (other != null) {
                throw new IllegalArgumentException(
                        "two nodes have nodeid " + id + ": " + other.name() + " and " + name);
            }
        }
        return nodes;
    }

    private static List<InetAddress> addresses(ConfSection node, int links, IpVersion ipVersion)
            throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (int link = 0; link < links; link++) {
            String key = addressKey(link);
            addresses.add(ipVersion.resolve(node.value(key)
                    .orElseThrow(() -> new IllegalArgumentException("a node has no " + key + ": " + node.values()))));
        }
        return addresses;
    }

    private QuorumOptions quorum() {
        ConfSection quorum = root.section("quorum");
        for (String key : List.of("auto_tie_breaker", "last_man_standing", "allow_downscale")) {
            require(!quorum.is(key), key + " is not supported here: leave it out, on all nodes");
        }
        require(quorum.sections().isEmpty(), "a quorum device is not supported: leave it out, on all nodes");
        QuorumOptions options = QuorumOptions.DEFAULTS;
        options = quorum.is("two_node") ? options.withTwoNode() : options;
        options = quorum.is("wait_for_all") ? options.withWaitForAll() : options;
        return quorum.number("expected_votes").map(options::withExpectedVotes).orElse(options);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
