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
import java.util.stream.IntStream;

/** The parts of docs/quorum.md about what a running cluster does: what {@code build()} takes, counted by its rule. */
final class RunningClusterPage {

    private RunningClusterPage() {}

    private static Map<String, QuorumOptions> columns() {
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
        columns.put("device, nodes - 1 votes", defaults.withDevice(QuorumDeviceOptions.DEFAULTS));
        columns.put("twoNode", defaults.withTwoNode());
        columns.put(
                "device, masterWins",
                defaults.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1).withMasterWins()));
        return columns;
    }

    /** Each split of each number of nodes. */
    static String splits() {
        return new SplitTable(nodes -> columns(), RunningClusterPage::cell).text();
    }

    private static String cell(int nodes, QuorumOptions options, List<SortedSet<NodeId>> sides) {
        if (!isRun(nodes, options)) {
            return "refused";
        }
        VotingRule rule = rule(nodes, options, Collections.emptySortedSet());
        return SplitTable.quorate(sides.stream()
                .filter(side -> rule.judge(side, side.contains(NodeId.of(1)), WaitForAll.OVER)
                        .quorate())
                .toList());
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
            left = fewest(rule(nodes, options, SplitTable.range(members + 1, nodes)), members);
            left.ifPresent(few -> steps.append(steps.isEmpty() ? "" : ", then ").append(few));
        }
        return steps.toString();
    }

    private static Optional<Integer> fewest(VotingRule rule, int members) {
        return IntStream.range(1, members)
                .boxed()
                .filter(few -> rule.judge(SplitTable.range(1, few)).quorate())
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
}
