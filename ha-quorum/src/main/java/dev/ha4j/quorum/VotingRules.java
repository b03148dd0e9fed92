package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.VoterChange;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rule in force and, while it is being changed, the one to come: then only what is a quorum by both is one. Whoever knows
 * the old rule alone and whoever knows the new one alone are never quorate beside each other, for the new one stands alone only
 * after a quorum of both had the change on disk.
 *
 * @param inForce by which votes were counted until now
 * @param coming that is to take its place
 */
public record VotingRules(VotingRule inForce, Optional<VotingRule> coming) {

    public VotingRules {
        Objects.requireNonNull(inForce, "inForce");
        Objects.requireNonNull(coming, "coming");
    }

    /** What a state says. */
    public static VotingRules of(ClusterState state) {
        VotingRule inForce = VotingRule.of(
                state.policy().quorum(), state.policy().nodes(), state.voters().excused());
        return new VotingRules(inForce, underWay(state));
    }

    private static Optional<VotingRule> underWay(ClusterState state) {
        return state.voters().change().map(VotingRules::ruleAfter);
    }

    /** The rule that a change leads to. */
    public static VotingRule ruleAfter(VoterChange change) {
        return VotingRule.of(change.quorum(), change.nodes(), change.excused());
    }

    /** Quorate is who is so by each rule; what is lacking is said of the one that decides. */
    public QuorumVerdict judge(SortedSet<NodeId> members, boolean withDevice, WaitForAll waiting) {
        QuorumVerdict now = inForce.judge(members, withDevice, waiting);
        if (coming.isEmpty()) {
            return now;
        }
        QuorumVerdict then = coming.get().judge(members, withDevice, waiting);
        QuorumVerdict decides = now.quorate() ? then : now;
        return decides.because("while votes are changed, by the rule until now " + now.explanation()
                + ", and by the one to come " + then.explanation());
    }

    /** Whether these members' disks are a quorum's by each rule. */
    public boolean isQuorum(SortedSet<NodeId> disks, SortedSet<NodeId> members, boolean withDevice) {
        return inForce.isQuorum(disks, members, withDevice)
                && coming.map(rule -> rule.isQuorum(disks, members, withDevice)).orElse(true);
    }

    /** Whether a quorum device has a vote. */
    public boolean hasDevice() {
        return inForce.deviceVotes() > 0
                || coming.map(rule -> rule.deviceVotes() > 0).orElse(false);
    }

    /** How long a ring waits for the device's vote, if one has any. */
    public Duration patience() {
        return Stream.concat(Stream.of(inForce), coming.stream())
                .flatMap(rule -> rule.options().device().stream())
                .map(QuorumDeviceOptions::syncTimeout)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Everybody who is expected by one of the rules. */
    public SortedSet<NodeId> voters() {
        TreeSet<NodeId> voters = new TreeSet<>(inForce.votes().keySet());
        coming.ifPresent(rule -> voters.addAll(rule.votes().keySet()));
        return voters;
    }
}
