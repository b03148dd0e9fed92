package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import java.util.Collection;

/** Counts votes, independently of the product. */
final class Votes {

    private Votes() {}

    /** Of the whole cluster. */
    static int expected(ClusterPolicy policy) {
        return policy.quorum()
                .expectedVotes()
                .orElseGet(
                        () -> policy.nodes().stream().mapToInt(NodeSpec::votes).sum());
    }

    static int of(ClusterPolicy policy, Collection<NodeId> members) {
        return members.stream()
                .flatMap(member -> policy.node(member).stream())
                .mapToInt(NodeSpec::votes)
                .sum();
    }
}
