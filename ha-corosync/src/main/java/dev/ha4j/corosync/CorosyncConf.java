package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads corosync.conf(5), as far as it matters to a ring over {@code udpu}: sections of {@code key: value}, which may nest. What this
 * node could not take part in is refused.
 */
public final class CorosyncConf {

    private final Section root;

    /** One {@code name { ... }}. */
    private record Section(String name, Map<String, String> values, List<Section> sections) {

        Section(String name) {
            this(name, new TreeMap<>(), new ArrayList<>());
        }

        Section section(String wanted) {
            return sections.stream()
                    .filter(section -> section.name.equals(wanted))
                    .findFirst()
                    .orElseGet(() -> new Section(wanted));
        }

        Optional<String> value(String key) {
            return Optional.ofNullable(values.get(key));
        }

        boolean is(String key) {
            return value(key)
                    .map(text -> text.equals("1") || text.equals("yes"))
                    .orElse(false);
        }

        Optional<Integer> number(String key) {
            return value(key).map(text -> parse(key, text));
        }

        private static int parse(String key, String text) {
            try {
                return Integer.parseUnsignedInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(key + " has to be a number, not " + text, e);
            }
        }
    }

    private CorosyncConf(Section root) {
        this.root = root;
    }

    /**
     * Reads the file for one of its nodes. Names of hosts are looked up, so this may block.
     *
     * @throws IOException if the file can't be read, or a host is unknown
     * @throws IllegalArgumentException naming what this node can't take part in
     */
    public static CorosyncConfig read(Path file, int self) throws IOException {
        return parse(Files.readAllLines(file), self);
    }

    /** The same with the lines of such a file. */
    public static CorosyncConfig parse(List<String> lines, int self) throws UnknownHostException {
        return new CorosyncConf(sections(lines)).config(self);
    }

    private static Section sections(List<String> lines) {
        ArrayDeque<Section> open = new ArrayDeque<>(List.of(new Section("")));
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

    private static void read(String line, int number, ArrayDeque<Section> open) {
        int colon = line.indexOf(':');
        if (line.equals("}")) {
            require(open.size() > 1, "line " + number + ": a closing brace without an open section");
            open.pop();
        } else if (line.endsWith("{")) {
            Section section = new Section(line.substring(0, line.length() - 1).strip());
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

    private CorosyncConfig config(int self) throws UnknownHostException {
        Section totem = root.section("totem");
        refuse(totem);
        CorosyncConfig config = CorosyncConfig.of(self, nodes()).withQuorum(quorum());
        Section network = totem.section("interface");
        config = network.number("mcastport").map(config::withPort).orElse(config);
        config = millis(totem, "token").map(config::withToken).orElse(config);
        config = millis(totem, "token_coefficient")
                .map(config::withTokenCoefficient)
                .orElse(config);
        return totem.number("netmtu").map(config::withMtuBytes).orElse(config);
    }

    private static void refuse(Section totem) {
        String transport = totem.value("transport").orElse("knet");
        require(transport.equals("udpu"), "transport is " + transport + ": only udpu is supported");
        for (String key : List.of("crypto_cipher", "crypto_hash")) {
            String crypto = totem.value(key).orElse("none");
            require(crypto.equals("none"), key + " is " + crypto + ": udpu knows only none");
        }
    }

    private static Optional<Duration> millis(Section section, String key) {
        return section.number(key).map(Duration::ofMillis);
    }

    private SortedMap<NodeId, CorosyncConfig.Node> nodes() throws UnknownHostException {
        TreeMap<NodeId, CorosyncConfig.Node> nodes = new TreeMap<>();
        for (Section node : root.section("nodelist").sections()) {
            String address = node.value("ring0_addr")
                    .orElseThrow(() -> new IllegalArgumentException("a node has no ring0_addr: " + node.values()));
            int id = node.number("nodeid")
                    .orElseThrow(() -> new IllegalArgumentException("node " + address + " has no nodeid: add it"));
            nodes.put(
                    NodeId.of(id),
                    new CorosyncConfig.Node(
                            node.value("name").orElse(address),
                            InetAddress.getByName(address),
                            node.number("quorum_votes").orElse(1)));
        }
        return nodes;
    }

    private QuorumOptions quorum() {
        Section quorum = root.section("quorum");
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
