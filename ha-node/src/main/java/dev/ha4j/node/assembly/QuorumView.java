package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.QuorumDeviceReport;
import dev.ha4j.api.report.QuorumReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.quorum.QuorumVerdict;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a node knows of votes. It is told on the controller's loop, and answers any thread. */
final class QuorumView {

    private final ReplaceableDevice device;
    private volatile Count last = new Count(Optional.empty(), "the node has not joined the others yet");
    private volatile DeviceVote vote = new DeviceVote(false, false);
    private volatile SortedMap<NodeId, String> arbiters = Collections.emptySortedMap();

    /** The last count, or why there is none. */
    private record Count(Optional<QuorumVerdict> verdict, String explanation) {

        boolean quorate() {
            return verdict.map(QuorumVerdict::quorate).orElse(false);
        }

        SortedSet<NodeId> counted() {
            return verdict.map(QuorumVerdict::counted).orElse(Collections.emptySortedSet());
        }
    }

    private record DeviceVote(boolean granted, boolean countsAtNextLoss) {}

    QuorumView(ReplaceableDevice device) {
        this.device = device;
    }

    void counted(QuorumVerdict verdict) {
        last = new Count(Optional.of(verdict), verdict.explanation());
    }

    void uncounted(String reason) {
        last = new Count(Optional.empty(), reason);
    }

    void deviceVoted(boolean granted, boolean countsAtNextLoss) {
        vote = new DeviceVote(granted, countsAtNextLoss);
    }

    void arbitersNamed(SortedMap<NodeId, String> names) {
        arbiters = names;
    }

    boolean quorate() {
        return last.quorate();
    }

    String explanation() {
        return last.explanation();
    }

    /** Members whose votes were counted last. */
    SortedSet<NodeId> counted() {
        return last.counted();
    }

    QuorumReport report(ClusterPolicy policy) {
        Count count = last;
        Optional<QuorumVerdict> verdict = count.verdict();
        return new QuorumReport(
                count.quorate(),
                verdict.map(QuorumVerdict::votes).orElse(0),
                verdict.map(QuorumVerdict::threshold).orElse(0),
                verdict.map(QuorumVerdict::expected).orElse(0),
                configuredVotes(policy),
                verdict.map(QuorumVerdict::rule),
                policy.quorum(),
                policy.quorum().device().map(options -> deviceReport(policy, verdict)),
                count.explanation());
    }

    private static int configuredVotes(ClusterPolicy policy) {
        int sum = policy.nodes().stream().mapToInt(NodeSpec::votes).sum()
                + policy.quorum().deviceVotes(policy.nodes());
        return policy.quorum().expectedVotes().orElse(sum);
    }

    private QuorumDeviceReport deviceReport(ClusterPolicy policy, Optional<QuorumVerdict> verdict) {
        DeviceVote now = vote;
        TreeMap<String, String> named = new TreeMap<>();
        arbiters.forEach((node, arbiter) -> named.put(policy.nameOf(node), arbiter));
        return new QuorumDeviceReport(
                policy.quorum().deviceVotes(policy.nodes()),
                verdict.map(count -> count.deviceVotes() > 0).orElse(false),
                now.granted(),
                now.countsAtNextLoss(),
                named,
                problem());
    }

    private Optional<String> problem() {
        return device.isThere() ? device.problem() : Optional.of("this node has none to ask");
    }

    /** A device is missed at the next loss of a node only, which is too late to hear of it. */
    Optional<String> deviceProblem(ClusterState now) {
        if (now.policy().quorum().device().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<NodeId, String> named = arbiters;
        if (new HashSet<>(named.values()).size() > 1) {
            return Optional.of(differing(now.policy(), named));
        }
        return device.isThere()
                ? device.problem().map(reason -> "the quorum device can't be asked: " + reason)
                : Optional.of(
                        "the cluster counts the votes of a quorum device, and this node has none to ask: give it one"
                                + " with admin().quorumDevice(...)");
    }

    private static String differing(ClusterPolicy policy, SortedMap<NodeId, String> arbiters) {
        String named = arbiters.entrySet().stream()
                .map(entry -> policy.nameOf(entry.getKey()) + " asks " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "the quorum device's vote does not count at the next loss of a node, for not all ask the same arbiter: "
                + named
                + ". Take its votes, and give the nodes the same one with admin().quorumDevice(...); if it is one arbiter under"
                + " two addresses, give it one name in the settings of all devices";
    }
}
