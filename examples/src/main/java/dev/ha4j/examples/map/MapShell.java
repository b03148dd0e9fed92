package dev.ha4j.examples.map;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.SendOutcome;
import dev.ha4j.totem.netty.FileRingSequences;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.PassphraseKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** One member of a replicated map: obeys what is typed, and prints who the members are. */
public final class MapShell {

    private static final String CLUSTER = "map";
    private static final String SECRET = "MAP_PASSPHRASE";

    private static final String USAGE = """
            usage: bin/map NODE ADDRESS...
              NODE     which of the addresses is this member's: 1 for the first
              ADDRESS  host:port of each member, the same list for all
            Members with the same words in the environment's MAP_PASSPHRASE (16 characters or more) hear each other;
            without any, anybody can take part. map-NODE.ring here remembers ring sequences over restarts.
            """;

    private static final String COMMANDS = "put KEY VALUE | get KEY | remove KEY | list; the end of input leaves";

    private final ReplicatedMap map;

    MapShell(ReplicatedMap map) {
        this.map = map;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        UdpRingConfig config;
        try {
            config = config(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
            return;
        }
        try (FileRingSequences sequences = FileRingSequences.open(Path.of("map-" + config.self() + ".ring"));
                ReplicatedMap map = ReplicatedMap.join(config, sequences, MapShell::print)) {
            new MapShell(map).run();
        }
    }

    private static UdpRingConfig config(String[] arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("NODE and at least one ADDRESS are needed");
        }
        NodeId self = NodeId.of(Integer.parseInt(arguments[0]));
        SortedMap<NodeId, InetSocketAddress> addresses = new TreeMap<>();
        for (String member : List.of(arguments).subList(1, arguments.length)) {
            LinkAddress address = LinkAddress.parse(member);
            addresses.put(NodeId.of(addresses.size() + 1), new InetSocketAddress(address.host(), address.port()));
        }
        RingConfig ring = RingConfig.builder().nodes(addresses.keySet()).build();
        return UdpRingConfig.of(CLUSTER, self, ring, addresses, key(), new SecureRandom().nextLong());
    }

    private static ClusterKey key() {
        String words = System.getenv(SECRET);
        return ClusterKey.of(
                words == null ? new byte[ClusterKey.KEY_BYTES] : PassphraseKey.derive(words.toCharArray(), CLUSTER));
    }

    private void run() throws IOException, InterruptedException {
        print(COMMANDS);
        BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = typed.readLine(); line != null; line = typed.readLine()) {
            print(answer(line));
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }

    /** Waits until what the line changes has its place in the order of all. */
    String answer(String line) throws InterruptedException {
        String[] words = line.strip().split("\\s+", 3);
        return switch (words[0] + " " + words.length) {
            case "put 3" -> words[1] + " = " + words[2] + done(map.put(words[1], words[2]));
            case "remove 2" -> words[1] + " is gone" + done(map.remove(words[1]));
            case "get 2" ->
                map.get(words[1]).map(value -> words[1] + " = " + value).orElse(words[1] + " is not there");
            case "list 1" -> list(map.entries());
            default -> COMMANDS;
        };
    }

    private static String done(CompletionStage<SendOutcome> change) throws InterruptedException {
        try {
            SendOutcome outcome = change.toCompletableFuture().get();
            return outcome == SendOutcome.DELIVERED ? "" : ", perhaps: the members changed meanwhile";
        } catch (ExecutionException e) {
            return ", no: " + e.getCause();
        }
    }

    private static String list(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining("", "", entries.size() + " in all"));
    }
}
