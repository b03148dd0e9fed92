package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all histories of a cluster up to a depth: first any partition, then nodes that fail, leave, return or change
 * sides one by one, and windows that elapse. States that were seen are not gone through again.
 *
 * @param nodes how many
 * @param options how votes are counted
 * @param states that were reached
 * @param quorateTwice those in which more than one side is quorate
 * @param example the shortest history to such a state; empty if there is none
 */
record Enumeration(int nodes, QuorumOptions options, int states, int quorateTwice, String example) {

    static Enumeration of(int nodes, QuorumOptions options, int depth) {
        VotequorumSettings settings = VotequorumSettings.of(options, OptionSets.nodes(nodes));
        Map<VotequorumCluster, String> seen = new LinkedHashMap<>();
        Map<VotequorumCluster, String> level = new LinkedHashMap<>();
        level.put(VotequorumCluster.formed(settings), "");
        for (int step = 0; step <= depth && !level.isEmpty(); step++) {
            seen.putAll(level);
            if (step < depth) {
                level = next(level, seen, nodes, step == 0);
            }
        }
        List<Map.Entry<VotequorumCluster, String>> twice = seen.entrySet().stream()
                .filter(entry -> entry.getKey().quorateSides().size() > 1)
                .toList();
        String example = twice.isEmpty() ? "" : describe(twice.get(0));
        return new Enumeration(nodes, options, seen.size(), twice.size(), example);
    }

    private static String describe(Map.Entry<VotequorumCluster, String> entry) {
        return entry.getValue().strip() + ": " + entry.getKey().quorateSides();
    }

    private static Map<VotequorumCluster, String> next(
            Map<VotequorumCluster, String> level, Map<VotequorumCluster, String> seen, int nodes, boolean first) {
        Map<VotequorumCluster, String> reached = new LinkedHashMap<>();
        level.forEach((cluster, history) -> successors(cluster, nodes, first).forEach((event, after) -> {
            if (!seen.containsKey(after)) {
                reached.putIfAbsent(after, history + ", " + event);
            }
        }));
        reached.replaceAll((cluster, history) -> history.startsWith(", ") ? history.substring(2) : history);
        return reached;
    }

    private static Map<String, VotequorumCluster> successors(VotequorumCluster cluster, int nodes, boolean first) {
        Map<String, VotequorumCluster> after = new LinkedHashMap<>();
        if (first) {
            Partitions.of(nodes).forEach(groups -> after.put("split " + groups, cluster.split(groups)));
        }
        for (NodeId node : cluster.settings().votes().keySet()) {
            if (cluster.running().containsKey(node)) {
                losses(cluster, node, after);
            } else {
                returns(cluster, node, after);
            }
        }
        if (cluster.windowRuns()) {
            after.put("window elapses", cluster.windowElapses());
        }
        if (cluster.settings().options().device().isPresent()) {
            cluster.partitions().forEach(side -> after.put("device votes for " + side, cluster.deviceVotesFor(side)));
        }
        return after;
    }

    private static void losses(VotequorumCluster cluster, NodeId node, Map<String, VotequorumCluster> after) {
        after.put(node + " fails", cluster.fails(node));
        if (cluster.settings().options().allowDownscale()) {
            after.put(node + " leaves", cluster.leaves(node));
        }
        for (SortedSet<NodeId> side : cluster.partitions()) {
            if (!side.contains(node)) {
                after.put(node + " joins " + side, cluster.split(moved(cluster, node, side)));
            }
        }
        after.put(node + " is cut off", cluster.split(moved(cluster, node, null)));
    }

    private static void returns(VotequorumCluster cluster, NodeId node, Map<String, VotequorumCluster> after) {
        after.put(node + " returns alone", cluster.returns(node, node));
        for (SortedSet<NodeId> side : cluster.partitions()) {
            after.put(node + " returns to " + side, cluster.returns(node, side.first()));
        }
    }

    private static List<SortedSet<NodeId>> moved(
            VotequorumCluster cluster, NodeId node, @Nullable SortedSet<NodeId> to) {
        List<SortedSet<NodeId>> groups = new ArrayList<>();
        for (SortedSet<NodeId> side : cluster.partitions()) {
            TreeSet<NodeId> group = new TreeSet<>(side);
            group.remove(node);
            if (side.equals(to)) {
                group.add(node);
            }
            groups.add(group);
        }
        if (to == null) {
            groups.add(new TreeSet<>(List.of(node)));
        }
        return groups;
    }
}
