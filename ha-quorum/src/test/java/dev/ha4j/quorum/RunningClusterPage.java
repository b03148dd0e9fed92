package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.InvalidConfigurationException;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parts of docs/quorum.md about what a running cluster does: what {@code build()} takes, counted by its rule. */
final class RunningClusterPage {

    private RunningClusterPage() {}

    private static Map<String, QuorumOptions> columns(int nodes) {
        QuorumOptions defaults = QuorumOptions.DEFAULTS;
        QuorumOptions waiting = defaults.withWaitForAll();
        Map<String, QuorumOptions> columns = new LinkedHashMap<>();
        columns.put("majority", defaults);
        columns.put("waitForAll", waiting);
        columns.put("tieBreaker LOWEST", defaults.withTieBreaker(TieBreaker.LOWEST));
        columns.put("tieBreaker HIGHEST", defaults.withTieBreaker(TieBreaker.HIGHEST));
        columns.put("tieBreaker 2, 1", defaults.withTieBreaker(TieBreaker.nodes(2, 1)));
        columns.put("waitForAll + lastManStanding", waiting.withLastManStanding(QuorumOptions.DEFAULT_WINDOW));
        columns.put("allowDownscale", defaults.withAllowDownscale());
        columns.put("device, 1 vote", defaults.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1)));
        columns.put(
                "device, " + (nodes == 0 ? "nodes - 1" : nodes - 1) + " votes",
                defaults.withDevice(QuorumDeviceOptions.DEFAULTS));
        columns.put("twoNode", defaults.withTwoNode());
        columns.put(
                "device, masterWins",
                defaults.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1).withMasterWins()));
        return columns;
    }

    /** Each split of each number of nodes. */
    static String splits() {
        StringBuilder text = new StringBuilder("| Nodes | Split |");
        columns(0).keySet().forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(columns(0).size())).append('\n');
        for (int nodes = 2; nodes <= 5; nodes++) {
            for (int low = 1; low < nodes; low++) {
                text.append(row(nodes, low));
            }
        }
        return text.toString();
    }

    private static String row(int nodes, int low) {
        List<SortedSet<NodeId>> sides = List.of(range(1, low), range(low + 1, nodes));
        String cells = columns(nodes).values().stream()
                .map(options -> cell(nodes, options, sides))
                .collect(Collectors.joining(" | "));
        return "| %d | %s : %s | %s |%n".formatted(nodes, name(sides.get(0)), name(sides.get(1)), cells);
    }

    private static String cell(int nodes, QuorumOptions options, List<SortedSet<NodeId>> sides) {
        if (!isRun(nodes, options)) {
            return "refused";
        }
        VotingRule rule = rule(nodes, options, Collections.emptySortedSet());
        String quorate = sides.stream()
                .filter(side -> rule.judge(side, side.contains(NodeId.of(1)), WaitForAll.OVER)
                        .quorate())
                .map(RunningClusterPage::name)
                .collect(Collectors.joining(" and "));
        return quorate.isEmpty() ? "neither" : quorate;
    }

    /** How few go on, if as many as can be spared are lost, again and again. */
    static String dwindling() {
        QuorumOptions standing =
                QuorumOptions.DEFAULTS.withWaitForAll().withLastManStanding(QuorumOptions.DEFAULT_WINDOW);
        StringBuilder text = new StringBuilder("| Nodes | majority | lastManStanding | + tieBreaker LOWEST |\n");
        text.append("|---|---|---|---|\n");
        for (int nodes = 3; nodes <= 7; nodes++) {
            text.append("| %d | %d | %s | %s |%n"
                    .formatted(
                            nodes,
                            fewest(rule(nodes, QuorumOptions.DEFAULTS, Collections.emptySortedSet()), nodes)
                                    .orElse(nodes),
                            dwindling(nodes, standing),
                            dwindling(nodes, standing.withTieBreaker(TieBreaker.LOWEST))));
        }
        return text.toString();
    }

    private static String dwindling(int nodes, QuorumOptions options) {
        StringBuilder steps = new StringBuilder();
        Optional<Integer> left = Optional.of(nodes);
        while (left.isPresent()) {
            int members = left.get();
            left = fewest(rule(nodes, options, range(members + 1, nodes)), members);
            left.ifPresent(few -> steps.append(steps.isEmpty() ? "" : ", then ").append(few));
        }
        return steps.toString();
    }

    private static Optional<Integer> fewest(VotingRule rule, int members) {
        return IntStream.range(1, members)
                .boxed()
                .filter(few -> rule.judge(range(1, few)).quorate())
                .findFirst();
    }

    private static VotingRule rule(int nodes, QuorumOptions options, SortedSet<NodeId> excused) {
        return VotingRule.of(options, OptionSets.nodes(nodes), excused);
    }

    private static boolean isRun(int nodes, QuorumOptions options) {
        ClusterConfigBuilder builder = ClusterConfig.named("page").authKey(AuthKey.random());
        OptionSets.nodes(nodes).forEach(node -> builder.node(node.id().value(), node.name(), "10.0.0." + node.id()));
        try {
            return builder.quorum(options).build().policy().quorum().equals(options);
        } catch (InvalidConfigurationException e) {
            return false;
        }
    }

    private static SortedSet<NodeId> range(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(SortedSet<NodeId> side) {
        return side.stream().map(NodeId::toString).collect(Collectors.joining(" "));
    }
}
