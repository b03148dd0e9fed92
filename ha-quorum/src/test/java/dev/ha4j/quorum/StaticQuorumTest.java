package dev.ha4j.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a running cluster counts by: who is present decides, and nothing that was before. Compared with the obvious way. */
class StaticQuorumTest {

    static IntStream nodes() {
        return IntStream.rangeClosed(1, 7);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void moreThanHalfIsQuorate(int nodes) {
        compare(nodes, QuorumOptions.DEFAULTS, members -> 2 * members.size() > nodes);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void ofTwoHalvesTheOneWithTheTieBreakerIsQuorate(int nodes) {
        TieBreaker list = TieBreaker.nodes(nodes, 1);
        halves(nodes, TieBreaker.LOWEST, NodeId.of(1));
        halves(nodes, TieBreaker.HIGHEST, NodeId.of(nodes));
        halves(nodes, list, NodeId.of(nodes));
    }

    private static void halves(int nodes, TieBreaker tieBreaker, NodeId winner) {
        if (nodes % 2 == 0) {
            compare(
                    nodes,
                    QuorumOptions.DEFAULTS.withTieBreaker(tieBreaker),
                    members -> 2 * members.size() > nodes || (2 * members.size() == nodes && members.contains(winner)));
        }
    }

    /** Any two quorums have a member in common: what one of them wrote down, the other finds. */
    private static void compare(int nodes, QuorumOptions options, Predicate<SortedSet<NodeId>> obvious) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        IntStream.rangeClosed(1, nodes).forEach(id -> votes.put(NodeId.of(id), 1));
        List<SortedSet<NodeId>> all = IntStream.range(0, 1 << nodes)
                .mapToObj(StaticQuorumTest::members)
                .toList();
        List<SortedSet<NodeId>> quorate = all.stream()
                .filter(members -> Quorum.judge(
                                QuorumInput.of(options, votes, members, DeviceVote.NONE, WaitForAll.OVER))
                        .quorate())
                .toList();
        assertThat(quorate).isEqualTo(all.stream().filter(obvious).toList());
        quorate.forEach(one -> assertThat(quorate).noneMatch(other -> Collections.disjoint(one, other)));
    }

    private static SortedSet<NodeId> members(int bits) {
        TreeSet<NodeId> members = new TreeSet<>();
        for (int node = 0; node < Integer.SIZE - 1; node++) {
            if ((bits >> node & 1) == 1) {
                members.add(NodeId.of(node + 1));
            }
        }
        return members;
    }
}
