package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.TieBreaker;
import java.util.Collection;
import java.util.List;

/** Counts votes, independently of the product. A witness has one. */
final class Votes {

    private Votes() {}

    /** A majority of the expected votes, or the half with the node that breaks ties. */
    static boolean isQuorum(ClusterPolicy policy, Collection<NodeId> members) {
        int expected = expected(policy);
        int present = 2 * of(policy, members);
        return present > expected || (present == expected && hasTieBreaker(policy, members));
    }

    /** The same with the witness, if there is one. */
    static boolean isQuorumWithWitness(ClusterPolicy policy, Collection<NodeId> members) {
        return policy.quorum().device().isPresent() && 2 * (of(policy, members) + 1) > expected(policy);
    }

    private static int expected(ClusterPolicy policy) {
        int witness = policy.quorum().device().isPresent() ? 1 : 0;
        return policy.quorum()
                .expectedVotes()
                .orElseGet(() -> witness
                        + policy.nodes().stream().mapToInt(NodeSpec::votes).sum());
    }

    private static int of(ClusterPolicy policy, Collection<NodeId> members) {
        return members.stream()
                .flatMap(member -> policy.node(member).stream())
                .mapToInt(NodeSpec::votes)
                .sum();
    }

    private static boolean hasTieBreaker(ClusterPolicy policy, Collection<NodeId> members) {
        List<NodeId> all = policy.nodes().stream().map(NodeSpec::id).sorted().toList();
        TieBreaker tieBreaker = policy.quorum().tieBreaker();
        return switch (tieBreaker.kind()) {
            case NONE -> false;
            case LOWEST -> members.contains(all.get(0));
            case HIGHEST -> members.contains(all.get(all.size() - 1));
            case LIST -> members.contains(tieBreaker.nodes().get(0));
        };
    }
}
