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
            notYet(
                    "twoNode",
                    "both nodes would go on under the same epoch, and what they write could not be told apart later",
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
        if (policy.quorum().deviceVotes(policy.nodes()) != 1) {
            notYet(
                    "device with " + policy.quorum().deviceVotes(policy.nodes()) + " votes",
                    "with more than one the nodes that it stands for could have acknowledged what no other disk has",
                    "withVotes(1), and the algorithm ffsplit");
        }
        if (device.masterWins()) {
            notYet(
                    "device with masterWins",
                    "a partition of any size could go on, whatever the others' disks have",
                    "leave it out");
        }
    }

    private int votes() {
        return policy.nodes().stream().mapToInt(NodeSpec::votes).sum();
    }

    private void notYet(String option, String reason, String remedy) {
        check.wrong("quorum " + option, "is not supported yet: " + reason, remedy);
    }
}
