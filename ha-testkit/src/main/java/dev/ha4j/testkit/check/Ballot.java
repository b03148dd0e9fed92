package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.VoterLedger;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How votes are counted at one time, counted independently of the product: a majority of the expected votes, or the half with
 * the node that breaks ties; a witness has those that it is given.
 *
 * @param nodes configured
 * @param quorum options
 * @param excused nodes that are not expected
 * @param then what has to be a quorum too, while the voters are being changed
 */
record Ballot(List<NodeSpec> nodes, QuorumOptions quorum, SortedSet<NodeId> excused, Optional<Ballot> then) {

    /** What a state says. */
    static Ballot of(ClusterState state) {
        VoterLedger voters = state.voters();
        return new Ballot(
                state.policy().nodes(),
                options(voters, state.policy().quorum(), voters.excused()),
                voters.excused(),
                voters.change()
                        .map(next -> new Ballot(
                                next.nodes(),
                                options(voters, next.quorum(), next.excused()),
                                next.excused(),
                                Optional.empty())));
    }

    /** No witness votes as long as somebody is not expected at an operator's word. */
    private static QuorumOptions options(VoterLedger voters, QuorumOptions options, SortedSet<NodeId> excused) {
        boolean atAWord = voters.unblocking()
                .filter(word ->
                        excused.stream().anyMatch(node -> word.declared().contains(node)))
                .isPresent();
        return atAWord ? options.withoutDevice() : options;
    }

    /** The same when an operator has said that these are down. */
    Ballot without(Collection<NodeId> declared) {
        TreeSet<NodeId> gone = new TreeSet<>(excused);
        gone.addAll(declared);
        return new Ballot(nodes, quorum.withoutDevice(), gone, then.map(next -> next.without(declared)));
    }

    /** What a cluster begins with. */
    static Ballot of(ClusterPolicy policy) {
        return new Ballot(policy.nodes(), policy.quorum(), Collections.emptySortedSet(), Optional.empty());
    }

    boolean isQuorum(Collection<NodeId> members) {
        int present = 2 * votes(members);
        boolean alone = present > expected() || (present == expected() && hasTieBreaker(members));
        return alone && then.map(next -> next.isQuorum(members)).orElse(true);
    }

    /** The same with the witness, where there is one. */
    boolean isQuorumWithWitness(Collection<NodeId> members) {
        boolean withWitness = 2 * (votes(members) + witness()) > expected() || alone().isQuorum(members);
        return withWitness
                && then.map(next -> next.isQuorumWithWitness(members)).orElse(true);
    }

    /**
     * Whether what these disks have is safe: without the witness, which has no disk, unless the members are not quorate without
     * it; then all of them have to have it.
     */
    boolean isSafe(Collection<NodeId> disks, Collection<NodeId> members) {
        boolean needsWitness = witness() > 0 && !members.isEmpty() && !alone().isQuorum(members);
        boolean safe = alone().isQuorum(disks)
                || (needsWitness && alone().isQuorumWithWitness(disks) && disks.containsAll(voting(members)));
        return safe && then.map(next -> next.isSafe(disks, members)).orElse(true);
    }

    /** Whether all who have votes are here. */
    boolean isComplete(Collection<NodeId> members) {
        return nodes.stream()
                .filter(node -> node.votes() > 0 && !excused.contains(node.id()))
                .allMatch(node -> members.contains(node.id()));
    }

    private List<NodeId> voting(Collection<NodeId> members) {
        return nodes.stream()
                .filter(node -> node.votes() > 0 && members.contains(node.id()))
                .map(NodeSpec::id)
                .toList();
    }

    private Ballot alone() {
        return new Ballot(nodes, quorum, excused, Optional.empty());
    }

    private int witness() {
        return quorum.deviceVotes(nodes);
    }

    private int expected() {
        int missing = sum(nodes.stream()
                .map(NodeSpec::id)
                .filter(id -> excused.contains(id))
                .toList());
        int all = sum(nodes.stream().map(NodeSpec::id).toList());
        return quorum.expectedVotes().orElse(witness() + all) - missing;
    }

    private int votes(Collection<NodeId> members) {
        return sum(members.stream().filter(member -> !excused.contains(member)).toList());
    }

    private int sum(Collection<NodeId> some) {
        return nodes.stream()
                .filter(node -> some.contains(node.id()))
                .mapToInt(NodeSpec::votes)
                .sum();
    }

    private boolean hasTieBreaker(Collection<NodeId> members) {
        List<NodeId> all = nodes.stream()
                .map(NodeSpec::id)
                .filter(node -> !excused.contains(node))
                .sorted()
                .toList();
        if (all.isEmpty()) {
            return false; // of nobody, whom an operator declared down one after the other
        }
        TieBreaker tieBreaker = quorum.tieBreaker();
        return switch (tieBreaker.kind()) {
            case NONE -> false;
            case LOWEST -> members.contains(all.get(0));
            case HIGHEST -> members.contains(all.get(all.size() - 1));
            case LIST ->
                tieBreaker.nodes().stream()
                        .filter(all::contains)
                        .findFirst()
                        .filter(members::contains)
                        .isPresent();
        };
    }
}
