package dev.ha4j.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {

    /** Votes are those of nodes 1, 2, 3...; expected 0 stands for not set. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 1 1     | 1       | 0 | false | 1 | 2
            1 1 1     | 1 2     | 0 | true  | 2 | 2
            1 1 1     | 1 2 3   | 0 | true  | 3 | 2
            1 1 1 1   | 1 2     | 0 | false | 2 | 3
            1 1 1 1   | 1 2 3   | 0 | true  | 3 | 3
            1 1       | 1       | 0 | false | 1 | 2
            1         | 1       | 0 | true  | 1 | 1
            3 1 1     | 1       | 0 | true  | 3 | 3
            3 1 1     | 2 3     | 0 | false | 2 | 3
            0 1 1     | 1 2     | 0 | false | 1 | 2
            1 1 1     | 1 2     | 5 | false | 2 | 3
            1 1 1     | 1 2 3   | 5 | true  | 3 | 3
            1 1 1 1 1 | 1 2 3   | 2 | true  | 3 | 2
            1 1 1     | 1 9     | 0 | false | 1 | 2
            """)
    void majorityOfExpectedVotes(
            String votes, String members, int expected, boolean quorate, int present, int threshold) {
        QuorumVerdict verdict = Quorum.judge(input(votes, members, expected, WaitForAll.OVER, DeviceVote.NONE));
        assertThat(verdict.quorate()).isEqualTo(quorate);
        assertThat(verdict.votes()).isEqualTo(present);
        assertThat(verdict.threshold()).isEqualTo(threshold);
    }

    @Test
    void waitsForAllNodesBeforeTheFirstQuorum() {
        QuorumVerdict waiting = Quorum.judge(input("1 1 1", "1 2", 0, WaitForAll.WAITING, DeviceVote.NONE));
        assertThat(waiting.quorate()).isFalse();
        assertThat(waiting.waitForAll()).isEqualTo(WaitForAll.WAITING);
        assertThat(waiting.explanation())
                .isEqualTo("2 of 3 votes present, 2 needed, but still waiting for all: nodes 3");

        QuorumVerdict complete = Quorum.judge(input("1 1 1", "1 2 3", 0, waiting.waitForAll(), DeviceVote.NONE));
        assertThat(complete.quorate()).isTrue();

        QuorumVerdict later = Quorum.judge(input("1 1 1", "1 2", 0, complete.waitForAll(), DeviceVote.NONE));
        assertThat(later.quorate()).isTrue();
    }

    @Test
    void oneMemberThatIsThroughWithWaitingIsEnough() {
        assertThat(WaitForAll.WAITING.with(WaitForAll.OVER)).isEqualTo(WaitForAll.OVER);
        assertThat(WaitForAll.OVER.with(WaitForAll.WAITING)).isEqualTo(WaitForAll.OVER);
        assertThat(WaitForAll.atStart(QuorumOptions.DEFAULTS)).isEqualTo(WaitForAll.OVER);
        assertThat(WaitForAll.atStart(QuorumOptions.DEFAULTS.withWaitForAll())).isEqualTo(WaitForAll.WAITING);
    }

    @Test
    void deviceGivesItsVotesToOnePartition() {
        DeviceVote granted = new DeviceVote(1, true);
        DeviceVote refused = new DeviceVote(1, false);
        assertThat(Quorum.judge(input("1 1", "1", 0, WaitForAll.OVER, granted)).quorate())
                .isTrue();
        assertThat(Quorum.judge(input("1 1", "2", 0, WaitForAll.OVER, refused)).quorate())
                .isFalse();
    }

    @Test
    void twoDisjointPartitionsAreNeverBothQuorate() {
        String votes = "1 2 1 3 1";
        for (int side = 0; side < 32; side++) {
            boolean one = Quorum.judge(input(votes, members(side), 0, WaitForAll.OVER, DeviceVote.NONE))
                    .quorate();
            boolean other = Quorum.judge(input(votes, members(31 - side), 0, WaitForAll.OVER, DeviceVote.NONE))
                    .quorate();
            assertThat(one && other).isFalse();
        }
    }

    private static String members(int bits) {
        StringBuilder members = new StringBuilder();
        for (int node = 0; node < 5; node++) {
            members.append((bits >> node & 1) == 1 ? (node + 1) + " " : "");
        }
        return members.toString().strip();
    }

    private static QuorumInput input(
            String votes, String members, int expected, WaitForAll waitForAll, DeviceVote device) {
        TreeMap<NodeId, Integer> byNode = new TreeMap<>();
        for (String vote : votes.strip().split(" ", -1)) {
            byNode.put(NodeId.of(byNode.size() + 1), Integer.parseInt(vote));
        }
        TreeSet<NodeId> present = new TreeSet<>();
        for (String member : members.isBlank() ? new String[0] : members.strip().split(" ", -1)) {
            present.add(NodeId.of(Integer.parseInt(member)));
        }
        QuorumOptions base =
                waitForAll == WaitForAll.WAITING ? QuorumOptions.DEFAULTS.withWaitForAll() : QuorumOptions.DEFAULTS;
        QuorumOptions options = expected == 0 ? base : base.withExpectedVotes(expected);
        return QuorumInput.of(options, byNode, present, device, waitForAll);
    }
}
