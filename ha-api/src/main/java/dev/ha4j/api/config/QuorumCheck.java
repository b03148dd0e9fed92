package dev.ha4j.api.config;

/** That quorum is counted by options that go together, and by those only that a running cluster follows already. */
record QuorumCheck(ClusterPolicy policy, Check check) {

    void run() {
        if (!policy.nodes().isEmpty()) {
            options(policy.quorum());
        }
    }

    private void options(QuorumOptions options) {
        options.conflicts(policy.nodes()).forEach(found -> check.wrong(found.where(), found.what(), found.remedy()));
        if (options.twoNode()) {
            check.wrong(
                    "quorum twoNode",
                    "is not supported: both nodes would go on under the same epoch, and what they write could not be told apart later",
                    "withTieBreaker(...) lets one chosen node of two go on; three nodes are better");
        }
        options.device().ifPresent(this::device);
        boolean shrinks = options.lastManStanding().isPresent() || options.allowDownscale();
        if (!options.tieBreaker().isNone() && votes() % 2 == 1 && !shrinks) {
            check.wrong(
                    "quorum tieBreaker",
                    "decides between two halves, and there are none of " + votes() + " votes",
                    "leave it out, or add lastManStanding or allowDownscale, after which an even number can be left");
        }
    }

    private void device(QuorumDeviceOptions device) {
        int votes = policy.quorum().deviceVotes(policy.nodes());
        if (votes < 1 || votes >= Math.max(2, votes())) {
            check.wrong(
                    "quorum device",
                    "has " + votes + " votes, and the nodes " + votes()
                            + ": with none it decides nothing, and with as many all nodes together could do nothing"
                            + " without it",
                    "withVotes(1) for the algorithm ffsplit, at most one less than the nodes have for lms");
        }
        if (device.masterWins()) {
            check.wrong(
                    "quorum device with masterWins",
                    "is not supported: a single node with the device's vote could go on beside a majority without it",
                    "leave it out; with votes for all nodes but one (the default) any node goes on with the device,"
                            + " and none without");
        }
    }

    private int votes() {
        return policy.nodes().stream().mapToInt(NodeSpec::votes).sum();
    }
}
