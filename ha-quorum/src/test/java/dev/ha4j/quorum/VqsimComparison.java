package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets {@link Votequorum} and Corosync's own votequorum, in {@code corosync-vqsim}, go through the same random histories, and
 * compares who is quorate after each event. Arguments: a seed, and how many situations to compare.
 */
final class VqsimComparison {

    private static final int EVENTS = 6;

    /** What a check ends with that can't be made here. */
    private static final int SKIPPED = 77;

    private final SplittableRandom random;
    private final Path folder;
    private int situations;
    private int agreed;
    private boolean wrong;
    private final Map<String, int[]> byOptions = new TreeMap<>();

    private VqsimComparison(long seed, Path folder) {
        this.random = new SplittableRandom(seed);
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        if (!Freezer.isThere()) {
            System.out.println(
                    "skipped: without control groups the nodes of corosync-vqsim can't be given their turns");
            System.exit(SKIPPED);
        }
        long seed = Long.parseLong(args[0]);
        int wanted = Integer.parseInt(args[1]);
        VqsimComparison comparison = new VqsimComparison(seed, Files.createTempDirectory("vqsim"));
        while (comparison.situations < wanted) {
            comparison.history();
        }
        comparison.byOptions.forEach(
                (name, counts) -> System.out.printf("%-40s %4d of %4d agreed%n", name, counts[1], counts[0]));
        System.out.println(
                "seed " + seed + ": " + comparison.agreed + " of " + comparison.situations + " situations agreed");
        System.exit(comparison.wrong ? 1 : 0);
    }

    /** What the reference accepts, so far as its simulator shows it. */
    private static Map<String, QuorumOptions> optionSets(int nodes) {
        Duration window = Vqsim.WINDOW;
        QuorumOptions waiting = QuorumOptions.DEFAULTS.withWaitForAll();
        Map<String, QuorumOptions> sets = new LinkedHashMap<>();
        sets.put("majority", QuorumOptions.DEFAULTS);
        sets.put("lastManStanding", QuorumOptions.DEFAULTS.withLastManStanding(window));
        sets.put("waitForAll", waiting);
        sets.put("waitForAll + lastManStanding", waiting.withLastManStanding(window));
        sets.put("waitForAll + tieBreaker LOWEST", waiting.withTieBreaker(TieBreaker.LOWEST));
        if (nodes == 2) {
            sets.put("waitForAll + twoNode", QuorumOptions.DEFAULTS.withTwoNode());
        }
        if (nodes % 2 == 0) {
            QuorumOptions lowest = QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.LOWEST);
            sets.put("tieBreaker LOWEST", lowest);
            sets.put("tieBreaker HIGHEST", QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.HIGHEST));
            sets.put("tieBreaker LIST", QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.nodes(2, 1)));
            sets.put("tieBreaker LOWEST + lastManStanding", lowest.withLastManStanding(window));
        }
        return sets;
    }

    private void history() throws IOException {
        int count = 2 + random.nextInt(6);
        Map<String, QuorumOptions> sets = optionSets(count);
        String name = new ArrayList<>(sets.keySet()).get(random.nextInt(sets.size()));
        QuorumOptions options = sets.get(name);
        VotequorumCluster ours = VotequorumCluster.formed(
                VotequorumSettings.of(options, OptionSets.nodes(count)), VotequorumCluster.Order.IN_TURN);
        Files.writeString(folder.resolve("c"), configuration(options, count));
        List<String> told = new ArrayList<>(List.of(count + " nodes, " + name));
        try (Vqsim theirs = new Vqsim(folder, count)) {
            Map<NodeId, Integer> places = new TreeMap<>();
            ours.running().keySet().forEach(node -> places.put(node, 0));
            for (int i = 0; i < EVENTS; i++) {
                Event event = draw(ours, places, count);
                told.add(event.command());
                ours = event.after();
                SortedMap<Integer, Boolean> seen = theirs.command(event.command(), event.node());
                if (options.lastManStanding().isPresent()) {
                    ours = ours.windowElapses();
                    seen = theirs.afterWindow();
                }
                judge(name, told, ours, seen);
            }
        }
    }

    /** @param node that starts or ends; 0 if none does */
    private record Event(String command, int node, VotequorumCluster after) {}

    private Event draw(VotequorumCluster cluster, Map<NodeId, Integer> places, int count) {
        NodeId node = NodeId.of(1 + random.nextInt(count));
        boolean runs = cluster.running().containsKey(node);
        if (!runs) {
            int place = random.nextInt(2);
            places.put(node, place);
            NodeId friend = places.entrySet().stream()
                    .filter(entry ->
                            entry.getValue() == place && cluster.running().containsKey(entry.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(node);
            return new Event("up " + place + ":" + node, node.value(), cluster.returns(node, friend));
        }
        if (random.nextInt(3) == 0 && cluster.running().size() > 1) {
            return new Event("down " + node, node.value(), cluster.fails(node));
        }
        return split(cluster, places);
    }

    /** One to all running nodes move to the other of two places, or to a third. */
    private Event split(VotequorumCluster cluster, Map<NodeId, Integer> places) {
        int place = random.nextInt(3);
        List<NodeId> moved = cluster.running().keySet().stream()
                .filter(node -> random.nextBoolean())
                .toList();
        if (moved.isEmpty()) {
            moved = List.of(cluster.running().firstKey());
        }
        moved.forEach(node -> places.put(node, place));
        String command = "move " + place + ":"
                + String.join(",", moved.stream().map(NodeId::toString).toList());
        TreeMap<Integer, SortedSet<NodeId>> groups = new TreeMap<>();
        cluster.running()
                .keySet()
                .forEach(node -> groups.computeIfAbsent(places.get(node), at -> new TreeSet<>())
                        .add(node));
        return new Event(command, 0, cluster.reformed(new ArrayList<>(groups.values())));
    }

    private void judge(String name, List<String> told, VotequorumCluster ours, SortedMap<Integer, Boolean> theirs) {
        SortedMap<Integer, Boolean> own = new TreeMap<>();
        ours.running().forEach((id, node) -> own.put(id.value(), node.quorate()));
        int[] counts = byOptions.computeIfAbsent(name, key -> new int[2]);
        situations++;
        counts[0]++;
        if (own.equals(theirs)) {
            agreed++;
            counts[1]++;
        } else {
            wrong = true;
            System.out.println("DIFFERS " + told + ": ours " + own + ", theirs " + theirs);
        }
    }

    private static String configuration(QuorumOptions options, int count) {
        StringBuilder text = new StringBuilder("""
                totem {
                  version: 2
                  cluster_name: sim
                }
                quorum {
                  provider: corosync_votequorum
                """);
        line(text, options.twoNode(), "two_node: 1");
        line(text, options.waitForAll() && !options.twoNode(), "wait_for_all: 1");
        line(text, !options.tieBreaker().isNone(), "auto_tie_breaker: 1");
        switch (options.tieBreaker().kind()) {
            case HIGHEST -> line(text, true, "auto_tie_breaker_node: highest");
            case LIST -> line(text, true, "auto_tie_breaker_node: 2 1");
            default -> {}
        }
        line(text, options.lastManStanding().isPresent(), "last_man_standing: 1");
        options.lastManStanding()
                .ifPresent(window -> line(text, true, "last_man_standing_window: " + window.toMillis()));
        text.append("}\nnodelist {\n");
        for (int id = 1; id <= count; id++) {
            text.append("""
                      node {
                        nodeid: %1$d
                        ring0_addr: 10.0.0.%1$d
                      }
                    """.formatted(id));
        }
        return text.append("}\n").toString();
    }

    private static void line(StringBuilder text, boolean wanted, String line) {
        if (wanted) {
            text.append("  ").append(line).append('\n');
        }
    }
}
