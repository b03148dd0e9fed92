package dev.ha4j.totem.netty;

import static dev.ha4j.totem.netty.VirtualRings.FIRST;
import static dev.ha4j.totem.netty.VirtualRings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of the membership may be larger than any datagram. */
class LargeMembershipTest {

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** The least that may be configured. */
    private static final int DATAGRAM_BYTES = 1_400;

    private static SortedSet<NodeId> nodes(int count) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        IntStream.rangeClosed(1, count).mapToObj(NodeId::of).forEach(nodes::add);
        return nodes;
    }

    private static VirtualRings rings(int count) {
        return new VirtualRings(RingConfig.builder().nodes(nodes(count)).build(), DATAGRAM_BYTES);
    }

    @Test
    void moreNodesFormARingThanOneDatagramCanName() {
        int count = 56;
        VirtualRings rings = rings(count);
        rings.run(5 * SECOND_NANOS);
        for (NodeId node : nodes(count)) {
            assertThat(rings.membersAt(node)).isEqualTo(count);
            assertThat(rings.ring(node).report().oversized()).isZero();
        }
    }

    /** After a recovery that broke off late, each member has obligations to all. */
    @Test
    void theLargestCommitTokenArrives() {
        VirtualRings rings = rings(2);
        rings.run(3 * SECOND_NANOS);
        long before = commitTokensAt(rings, SECOND);
        rings.transport(FIRST).send(SECOND, commitToken(nodes(RingConfig.MAX_NODES)));
        rings.run(SECOND_NANOS / 100);
        assertThat(commitTokensAt(rings, SECOND)).isEqualTo(before + 1);
        assertThat(rings.ring(SECOND).report().undecodable()).isEmpty();
    }

    private static CommitToken commitToken(SortedSet<NodeId> members) {
        CommitToken.History history =
                new CommitToken.History(new RingId(FIRST, 5), 9, 8, true, Collections.unmodifiableSortedSet(members));
        List<CommitToken.Entry> entries = members.stream()
                .map(member -> new CommitToken.Entry(member, Optional.of(history)))
                .toList();
        return new CommitToken(new RingId(FIRST, 9), 3, entries, Collections.emptySortedSet());
    }

    private static long commitTokensAt(VirtualRings rings, NodeId node) {
        return rings.ring(node).report().ring().received().get("commit token");
    }
}
