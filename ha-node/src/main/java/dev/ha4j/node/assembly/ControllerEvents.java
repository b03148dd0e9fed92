package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.NodeEvent.Kind;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.ControllerListener;
import dev.ha4j.quorum.QuorumVerdict;
import java.util.SortedMap;

/** Writes what the controller does on the timeline, and passes on what changes the node. */
record ControllerEvents(NodeAssembly node, Timeline timeline) implements ControllerListener {

    @Override
    public void stateChanged(ClusterState state) {
        node.stateChanged(state);
    }

    @Override
    public void quorumChanged(QuorumVerdict verdict) {
        node.quorumChanged(verdict);
        timeline.tell(Kind.QUORUM, (verdict.quorate() ? "quorate: " : "no quorum: ") + verdict.explanation());
    }

    @Override
    public void epochOpened(StateVersion first, NodeId controller) {
        timeline.tell(Kind.CONTROLLER, "epoch " + first.epoch() + ", controller is " + name(controller));
    }

    @Override
    public void termGranted(TermGrant grant) {
        timeline.tell(Kind.TERM, "granted term " + grant.token() + " of " + grant.resource());
    }

    @Override
    public void termEnded(TermGrant grant, String reason) {
        timeline.tell(Kind.TERM, "term " + grant.token() + " of " + grant.resource() + " is over: " + reason);
    }

    @Override
    public void arbitersNamed(SortedMap<NodeId, String> arbiters) {
        node.arbitersNamed(arbiters);
    }

    @Override
    public void deviceVoted(boolean granted, boolean countsAtNextLoss) {
        node.deviceVoted(granted, countsAtNextLoss);
    }

    @Override
    public void fenced(FenceRecord record) {
        timeline.tell(
                Kind.FENCING,
                "fencing of " + name(record.target()) + " by " + record.by() + ": " + record.outcome() + " ("
                        + record.level() + ") " + record.reason());
    }

    @Override
    public void timeline(String event) {
        timeline.tell(Kind.CONTROLLER, event);
    }

    @Override
    public void stopNode(String reason) {
        node.stop(reason);
    }

    @Override
    public void halt(String reason) {
        node.halt(reason);
    }

    private String name(NodeId id) {
        return node.state().policy().nameOf(id);
    }
}
