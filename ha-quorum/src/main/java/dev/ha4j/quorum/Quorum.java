package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.List;
import java.util.stream.Collectors;

/** Judges whether a partition is quorate, after votequorum(5). May be called from any thread. */
public final class Quorum {

    private Quorum() {}

    /** Majority of the expected votes; for the first time only with all nodes present, if that is demanded. */
    public static QuorumVerdict judge(QuorumInput input) {
        int votes = presentVotes(input);
        int expected = Math.max(expectedVotes(input), votes);
        int threshold = expected / 2 + 1;
        boolean majority = votes >= threshold;
        WaitForAll waiting = votes >= expected ? WaitForAll.OVER : input.waitForAll();
        boolean quorate = majority && waiting == WaitForAll.OVER;
        String sums = votes + " of " + expected + " votes present, " + threshold + " needed";
        String explanation = majority && !quorate ? sums + ", but still waiting for all: " + absent(input) : sums;
        return new QuorumVerdict(quorate, votes, threshold, expected, explanation, waiting);
    }

    private static int presentVotes(QuorumInput input) {
        int votes = input.device().present();
        for (NodeId member : input.members()) {
            votes += input.votes().getOrDefault(member, 0);
        }
        return votes;
    }

    private static int expectedVotes(QuorumInput input) {
        int configured = input.device().configuredVotes();
        for (int votes : input.votes().values()) {
            configured += votes;
        }
        return input.options().expectedVotes().orElse(configured);
    }

    private static String absent(QuorumInput input) {
        List<String> missing = input.votes().keySet().stream()
                .filter(node -> !input.members().contains(node))
                .map(NodeId::toString)
                .collect(Collectors.toList());
        return missing.isEmpty() ? "the quorum device" : "nodes " + String.join(", ", missing);
    }
}
