package dev.ha4j.testkit.check;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/**
 * C2, at the moment at which it is promised: what is acknowledged, and a term that begins, is on the disks of a quorum, as a
 * loss of power would leave them.
 */
final class DurabilityChecker implements TraceListener {

    private final ClusterPolicy policy;
    private final Findings findings;
    private final TreeMap<Integer, StateVersion> disks = new TreeMap<>();

    DurabilityChecker(ClusterPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Persisted persisted) {
            disks.put(step.node(), persisted.version());
        } else if (event instanceof Event.NodeStarted started && !started.diskKept()) {
            disks.remove(step.node());
        } else if (event instanceof Event.RequestEnded ended && ended.result().equals("Applied")) {
            promised(step, ended.version(), "request " + ended.request() + " is acknowledged");
        } else if (event instanceof Event.TermGranted granted) {
            promised(step, granted.grantedAt(), "term " + granted.token() + " begins");
        }
    }

    private void promised(TraceRecord step, StateVersion version, String what) {
        findings.require(
                2 * votesHaving(version) > Votes.expected(policy),
                "C2",
                step,
                () -> LifeId.of(step) + ": " + what + " with version " + version + ", but the disks have " + disks);
    }

    private int votesHaving(StateVersion version) {
        return policy.nodes().stream()
                .filter(node -> disks.getOrDefault(node.id().value(), StateVersion.NONE).compareTo(version) >= 0)
                .mapToInt(NodeSpec::votes)
                .sum();
    }
}
