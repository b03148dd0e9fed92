package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.api.state.VoterLedger;
import java.time.Duration;
import java.util.List;
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
        VoterLedger voters = state.voters();
        VotingRule inForce =
                rule(voters, state.policy().quorum(), state.policy().nodes(), voters.excused());
        return new VotingRules(inForce, underWay(voters));
    }

    private static Optional<VotingRule> underWay(VoterLedger voters) {
        return voters.change().map(change -> ruleAfter(voters, change));
    }

    /** The rule that a change leads to. */
    public static VotingRule ruleAfter(VoterLedger voters, VoterChange change) {
        return rule(voters, change.quorum(), change.nodes(), change.excused());
    }

    /** As long as somebody is not expected at an operator's word, the device is not either: it may be on their side. */
    private static VotingRule rule(
            VoterLedger voters, QuorumOptions options, List<NodeSpec> nodes, SortedSet<NodeId> excused) {
        VotingRule rule = VotingRule.of(options, nodes, excused);
        return voters.isUnblocked(excused) ? rule.without(excused) : rule;
    }

    /** The same without these and without the device, as an operator has it who declares them down. */
    public VotingRules without(SortedSet<NodeId> nodes) {
        return new VotingRules(inForce.without(nodes), coming.map(rule -> rule.without(nodes)));
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

    /** Everybody who is configured by one of the rules, expected or not. */
    public SortedSet<NodeId> configured() {
        TreeSet<NodeId> all = new TreeSet<>(voters());
        all.addAll(inForce.excused());
        coming.ifPresent(rule -> all.addAll(rule.excused()));
        return all;
    }

    /** Everybody who is expected by one of the rules. */
    public SortedSet<NodeId> voters() {
        TreeSet<NodeId> voters = new TreeSet<>(inForce.votes().keySet());
        coming.ifPresent(rule -> voters.addAll(rule.votes().keySet()));
        return voters;
    }
}
