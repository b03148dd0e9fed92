package dev.ha4j.controller;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node was started with, beside what it has on disk. Nodes and votes are agreed on by the cluster: what is on disk holds,
 * and a start with another configuration changes nothing.
 */
final class StartConfiguration {

    private StartConfiguration() {}

    /** In words, where the configuration of this start is not what holds. */
    static List<String> differences(ControllerConfig config, ClusterState stored) {
        List<String> words = new ArrayList<>();
        ClusterPolicy started = config.policy();
        ClusterPolicy holds = stored.policy();
        if (!votes(started).equals(votes(holds))) {
            words.add("was started with nodes and votes " + votes(started) + ", but the cluster has " + votes(holds)
                    + ": that holds; admin().changeQuorum changes it");
        }
        if (!started.quorum().equals(holds.quorum())) {
            words.add("was started with other quorum options than the cluster has: those of the cluster hold;"
                    + " admin().changeQuorum changes them");
        }
        if (holds.node(config.self()).isEmpty()) {
            words.add("is no node of the cluster any more: it was removed, and has no vote");
        }
        return words;
    }

    private static List<String> votes(ClusterPolicy policy) {
        return policy.nodes().stream().map(StartConfiguration::votes).toList();
    }

    private static String votes(NodeSpec node) {
        return node.votes() == 1 ? node.name() : node.name() + " (" + node.votes() + " votes)";
    }
}
