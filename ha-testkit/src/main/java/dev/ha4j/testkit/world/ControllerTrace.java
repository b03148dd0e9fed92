package dev.ha4j.testkit.world;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.ControllerListener;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.testkit.trace.Event;
import java.util.HashSet;
import java.util.SortedMap;

/** Writes down what the controller tells its node. */
record ControllerTrace(ControllerListener node, RingTrace.Sink sink) implements ControllerListener {

    @Override
    public void stateChanged(ClusterState state) {
        sink.emit(new Event.StateApplied(state));
        node.stateChanged(state);
    }

    @Override
    public void votesCounted(long ring, QuorumVerdict verdict) {
        sink.emit(new Event.VotesCounted(ring, verdict.quorate()));
        node.votesCounted(ring, verdict);
    }

    @Override
    public void quorumChanged(QuorumVerdict verdict) {
        sink.emit(new Event.QuorumChanged(verdict.quorate(), verdict.explanation()));
        node.quorumChanged(verdict);
    }

    @Override
    public void epochOpened(StateVersion first, NodeId controller) {
        sink.emit(new Event.EpochOpened(first.era(), first.epoch(), controller));
        node.epochOpened(first, controller);
    }

    @Override
    public void termGranted(TermGrant grant) {
        sink.emit(new Event.TermGranted(grant.resource(), grant.token(), grant.grantedAt()));
        node.termGranted(grant);
    }

    @Override
    public void termEnded(TermGrant grant, String reason) {
        sink.emit(new Event.TermEnded(grant.resource(), grant.token(), reason));
        node.termEnded(grant, reason);
    }

    @Override
    public void arbitersNamed(SortedMap<NodeId, String> arbiters) {
        if (!arbiters.isEmpty()) {
            sink.emit(new Event.ArbitersNamed(new HashSet<>(arbiters.values()).size()));
        }
        node.arbitersNamed(arbiters);
    }

    @Override
    public void deviceVoted(boolean granted, boolean countsAtNextLoss) {
        node.deviceVoted(granted, countsAtNextLoss);
    }

    @Override
    public void fenced(FenceRecord record) {
        sink.emit(new Event.FenceRecorded(
                record.id(),
                record.target(),
                record.incarnation().map(Incarnation::toString).orElse(""),
                record.outcome().name(),
                record.level().name(),
                record.by()));
        node.fenced(record);
    }

    @Override
    public void timeline(String event) {
        sink.emit(new Event.Timeline(event));
        node.timeline(event);
    }

    @Override
    public void stopNode(String reason) {
        sink.emit(new Event.NodeStopped(reason));
        node.stopNode(reason);
    }

    @Override
    public void halt(String reason) {
        node.halt(reason);
    }
}
