package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.QuorumRule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Judges whether a partition is quorate, after votequorum(5). One method for each rule, in the order in which they are asked.
 * May be called from any thread.
 */
public final class Quorum {

    private final QuorumInput input;
    private final int votes;
    private final int expected;
    private final int threshold;

    private Quorum(QuorumInput input) {
        this.input = input;
        this.votes = input.presentVotes();
        this.expected = Math.max(input.memory().expectedVotes(), votes);
        this.threshold = threshold(input, votes);
    }

    /** Decides, and says why. */
    public static QuorumVerdict judge(QuorumInput input) {
        Quorum quorum = new Quorum(input);
        if (quorum.isWaitingForAll()) {
            return quorum.waits();
        }
        if (quorum.hasMajority()) {
            return quorum.verdict(true, quorum.majorityRule());
        }
        if (quorum.winsTheTie()) {
            return quorum.verdict(true, QuorumRule.TIE_BREAKER);
        }
        if (quorum.isChosenByTheDevice()) {
            return quorum.verdict(true, QuorumRule.MASTER_WINS);
        }
        return quorum.verdict(false, quorum.isTie() ? QuorumRule.TIE_BREAKER : QuorumRule.MAJORITY);
    }

    /** More than half of what is expected and of what is there, and never less than before; 1 for one or two under two_node. */
    private static int threshold(QuorumInput input, int votes) {
        if (input.options().twoNode() && input.seats() <= 2) {
            return 1;
        }
        int ofExpected = input.memory().highestExpected() / 2 + 1;
        int ofPresent = votes / 2 + 1;
        return Math.max(input.memory().floor(), Math.max(ofExpected, ofPresent));
    }

    /** wait_for_all: not quorate for the first time before all votes were there at one time. */
    private boolean isWaitingForAll() {
        return input.options().waitForAll() && input.memory().waitForAll() == WaitForAll.WAITING && votes != expected;
    }

    private boolean hasMajority() {
        return votes >= threshold;
    }

    private boolean winsTheTie() {
        return isTie()
                && TieBreaking.favours(
                        input.options().tieBreaker(),
                        input.members(),
                        input.memory().previous(),
                        input.memory().lastQuorate());
    }

    /** auto_tie_breaker: exactly half of the expected votes, and the other half can't have quorum. */
    private boolean isTie() {
        int others = input.memory().previous().size() - input.members().size();
        return !input.options().tieBreaker().isNone() && votes == expected / 2 && others < threshold;
    }

    /** master_wins: the device gave its vote to this partition, and that is enough. */
    private boolean isChosenByTheDevice() {
        boolean masterWins =
                input.options().device().map(device -> device.masterWins()).orElse(false);
        return masterWins && input.device().granted();
    }

    private QuorumRule majorityRule() {
        if (input.options().twoNode() && votes <= expected / 2) {
            return QuorumRule.TWO_NODE;
        }
        return votes - input.device().present() < threshold ? QuorumRule.DEVICE : QuorumRule.MAJORITY;
    }

    private QuorumVerdict waits() {
        String explanation = sums() + ", but still waiting for all: " + absent();
        return verdict(false, QuorumRule.WAIT_FOR_ALL, explanation, WaitForAll.WAITING);
    }

    /** Whoever loses quorum waits for all again, if anybody has to wait. */
    private QuorumVerdict verdict(boolean quorate, QuorumRule rule) {
        WaitForAll next = quorate || !input.options().waitForAll() ? WaitForAll.OVER : WaitForAll.WAITING;
        return verdict(quorate, rule, sums() + reason(quorate, rule), next);
    }

    private QuorumVerdict verdict(boolean quorate, QuorumRule rule, String explanation, WaitForAll next) {
        return new QuorumVerdict(
                quorate,
                votes,
                threshold,
                expected,
                rule,
                explanation,
                next,
                input.counted(),
                input.device().present());
    }

    private String sums() {
        return votes + " of " + expected + " votes present, " + threshold + " needed";
    }

    private String reason(boolean quorate, QuorumRule rule) {
        return switch (rule) {
            case MAJORITY, WAIT_FOR_ALL -> "";
            case DEVICE -> ", " + input.device().present() + " of them from the quorum device";
            case TWO_NODE -> ": each of two nodes may go on alone (twoNode)";
            case TIE_BREAKER ->
                quorate
                        ? ", but of two halves this one goes on (" + tieBreaker() + ")"
                        : ": half of them, and the other half goes on (" + tieBreaker() + ")";
            case MASTER_WINS -> ", but the quorum device gave its vote (masterWins)";
        };
    }

    private String tieBreaker() {
        List<NodeId> listed = input.options().tieBreaker().nodes();
        String kind = "tieBreaker " + input.options().tieBreaker().kind();
        return listed.isEmpty() ? kind : kind + " " + listed;
    }

    private String absent() {
        List<String> missing = input.votes().keySet().stream()
                .filter(node -> !input.members().contains(node))
                .map(NodeId::toString)
                .collect(Collectors.toList());
        return missing.isEmpty() ? "the quorum device" : "nodes " + String.join(", ", missing);
    }
}
