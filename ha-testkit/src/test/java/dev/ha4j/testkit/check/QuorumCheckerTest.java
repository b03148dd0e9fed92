package dev.ha4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QuorumCheckerTest {

    private final Findings findings = new Findings();
    private QuorumChecker checker = checker(policy(QuorumOptions.DEFAULTS));
    private final TreeMap<Integer, Integer> lives = new TreeMap<>();
    private long sequence;

    @Test
    void theRingMayHaveGoneOnWhenTheEpochOfTheOneBeforeOpens() {
        installs(3, 4, 1, 3);
        installs(3, 8, 3);
        opens(3, 4);

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void anEpochOfAMinorityIsFound() {
        installs(3, 4, 1, 3);
        installs(3, 8, 3);
        opens(3, 8);

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("Q2");
    }

    @Test
    void aNodeThatWasNeverInAMajorityIsFound() {
        installs(3, 8, 3);
        on(3, new Event.QuorumChanged(true, "by mistake"));

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("Q2");
    }

    @Test
    void twoPartitionsAreFound() {
        installs(1, 4, 1, 2);
        opens(1, 4);
        installs(3, 5, 3);
        opens(3, 5);

        assertThat(findings.all()).extracting(Violation::rule).contains("Q1");
    }

    /** With other votes since, which a quorum of both decided. */
    @Test
    void aPartitionIsOverWhenOneOfItsMembersHasGoneOnWithOthers() {
        opensWith(4, 1, 2);
        opensWith(8, 2, 3);
        opensWith(12, 3);

        assertThat(findings.all()).extracting(Violation::rule).doesNotContain("Q1");
    }

    @Test
    void aPartitionIsNotOverBecauseItsMembersOpenItOneAfterTheOther() {
        opensWith(4, 1, 2);
        opensWith(5, 3);

        assertThat(findings.all()).extracting(Violation::rule).contains("Q1");
    }

    @Test
    void whoCountedAllIsThroughWithWaitingThoughTheEpochNeverOpened() {
        allAreTogetherInRing4();
        on(1, new Event.VotesCounted(4, true));
        installs(1, 8, 1, 2);
        installs(2, 8, 1, 2);
        opens(2, 8);
        opens(1, 8);

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void whoMetOneThatIsThroughTellsTheNextOne() {
        allAreTogetherInRing4();
        on(1, new Event.VotesCounted(4, true));
        dies(2);
        dies(3);
        installs(1, 8, 1, 2);
        installs(2, 8, 1, 2);
        on(2, new Event.VotesCounted(8, true));
        dies(1);
        installs(2, 12, 2, 3);
        installs(3, 12, 2, 3);
        opens(3, 12);

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void whoWasAmongAllButDidNotHearThemStillWaits() {
        allAreTogetherInRing4();
        installs(1, 8, 1, 2);
        installs(2, 8, 1, 2);
        on(2, new Event.VotesCounted(8, true));

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("Q4");
    }

    @Test
    void whatALifeCountedDoesNotHoldForTheNext() {
        allAreTogetherInRing4();
        List.of(1, 2, 3).forEach(node -> on(node, new Event.VotesCounted(4, true)));
        List.of(1, 2, 3).forEach(this::dies);
        installs(1, 8, 1, 2);
        installs(2, 8, 1, 2);
        on(2, new Event.VotesCounted(8, true));

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("Q4");
    }

    @Test
    void aMinorityThatCountsItselfForAQuorumIsFound() {
        installs(3, 8, 3);
        on(3, new Event.VotesCounted(8, true));

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("Q2");
    }

    private QuorumChecker checker(ClusterPolicy policy) {
        return new QuorumChecker(policy, new Ballots(policy), findings);
    }

    private void allAreTogetherInRing4() {
        checker = checker(policy(QuorumOptions.DEFAULTS.withWaitForAll()));
        List.of(1, 2, 3).forEach(node -> installs(node, 4, 1, 2, 3));
    }

    private void dies(int node) {
        on(node, new Event.NodeDied("power cut"));
        lives.merge(node, 1, Integer::sum);
    }

    private void installs(int node, long ring, int... members) {
        SortedSet<NodeId> all = new TreeSet<>();
        for (int member : members) {
            all.add(NodeId.of(member));
        }
        on(
                node,
                new Event.RegularInstalled(
                        new RingId(all.first(), ring),
                        all,
                        all,
                        Collections.emptySortedSet(),
                        Collections.emptySortedSet()));
    }

    private void opensWith(long epoch, int... members) {
        for (int member : members) {
            installs(member, epoch, members);
            opens(member, epoch);
        }
    }

    private void opens(int node, long epoch) {
        on(node, new Event.QuorumChanged(true, "says the node"));
        on(node, new Event.EpochOpened(epoch, NodeId.of(node)));
    }

    private void on(int node, Event event) {
        checker.on(new TraceRecord(sequence, sequence++, node, lives.getOrDefault(node, 0) + 1, event));
    }

    private static ClusterPolicy policy(QuorumOptions quorum) {
        return new ClusterPolicy(
                "test",
                List.of(
                        NodeSpec.of(1, "a", "10.0.0.1"),
                        NodeSpec.of(2, "b", "10.0.0.2"),
                        NodeSpec.of(3, "c", "10.0.0.3")),
                quorum,
                ClusterOptions.DEFAULTS,
                List.of(),
                List.of(),
                List.of());
    }
}
