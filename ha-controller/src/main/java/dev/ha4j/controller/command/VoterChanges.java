package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Violation;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.controller.Request.ChangeVoters;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.VotingRules;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the voters are changed, in two steps: with the first, a quorum is what is one by the old and by the new rule; with the
 * second, when a quorum of both has the first on disk, by the new one alone. One change at a time, and none is taken back: who
 * knows of the second step may have gone on by it. Pure.
 */
final class VoterChanges {

    private VoterChanges() {}

    static Result begin(ClusterState state, ChangeVoters change) {
        if (!votersOf(change.before()).equals(votersOf(state.policy()))) {
            return Result.refused("nodes or votes have been changed meanwhile: look at them again");
        }
        Optional<String> refusal = wrong(change.after())
                .or(() -> beyondVoters(change))
                .or(() -> renamed(state.policy(), change.after()))
                .or(() -> stillNeeded(state, change.after()));
        TreeSet<NodeId> excused = new TreeSet<>(state.voters().excused());
        excused.retainAll(ids(change.after().nodes()));
        return refusal.isPresent()
                ? Result.refused(refusal.get())
                : begin(state, change.after(), excused, change.changedBy());
    }

    /** The first step, if who is here could take the second. */
    static Result begin(ClusterState state, ClusterPolicy after, SortedSet<NodeId> excused, String by) {
        if (state.voters().change().isPresent()) {
            return Result.refused("nodes or votes are being changed: wait until that is done");
        }
        VoterChange change = new VoterChange(
                after.nodes(),
                after.quorum(),
                after.fencing(),
                excused,
                state.version().next(),
                by);
        QuorumVerdict then = VotingRules.ruleAfter(state.voters(), change).judge(members(state));
        return then.quorate()
                ? StateMachine.applied(
                        StateMachine.advance(state).voters(state.voters().changing(change)))
                : Result.refused("those who are here would not be quorate afterwards: " + then.explanation()
                        + "; start the nodes that are missing first");
    }

    /** The second step. Members see to it that the first is on a quorum's disks before they apply this. */
    static Result complete(ClusterState state, CompleteVoterChange complete) {
        Optional<VoterChange> change =
                state.voters().change().filter(open -> open.since().index() == complete.since());
        if (change.isEmpty()) {
            return Result.refused("no change of the voters is under way since " + complete.since());
        }
        ClusterPolicy after = state.policy()
                .withVoters(
                        change.get().nodes(),
                        change.get().quorum(),
                        change.get().fencing());
        ClusterStateBuilder next = StateMachine.advance(state)
                .policy(after)
                .voters(state.voters().excusing(change.get().excused()));
        forgetRemoved(state, after, next);
        return StateMachine.applied(next);
    }

    /** Who is not there any more is forgotten; who was added has run nothing yet, for nothing was ordered of it. */
    private static void forgetRemoved(ClusterState state, ClusterPolicy after, ClusterStateBuilder next) {
        for (NodeSpec removed : state.policy().nodes()) {
            boolean goes = after.node(removed.id()).isEmpty()
                    && !state.node(removed.id()).isMember();
            if (goes) {
                next.nodes(state.nodes().remove(removed.id())).forgetHistory(removed.id());
            }
        }
        for (NodeSpec added : after.nodes()) {
            if (!state.nodes().containsKey(added.id())) {
                next.node(added.id(), status -> status.gone(Presence.LEFT_CLEANLY));
            }
        }
    }

    /** Whether a node is to take roles: it is configured, and not being removed. */
    static boolean isLasting(ClusterState state, NodeId node) {
        boolean stays = state.voters()
                .change()
                .map(change -> ids(change.nodes()).contains(node))
                .orElse(true);
        return stays && state.policy().node(node).isPresent();
    }

    private static Optional<String> wrong(ClusterPolicy after) {
        return after.quorum().conflicts(after.nodes()).stream()
                .map(Violation::toString)
                .findFirst();
    }

    private static Optional<String> beyondVoters(ChangeVoters change) {
        ClusterPolicy rest = change.before()
                .withVoters(
                        change.after().nodes(),
                        change.after().quorum(),
                        change.after().fencing());
        return rest.equals(change.after())
                ? Optional.empty()
                : Optional.of("resources, constraints and options can't be changed together with nodes and votes");
    }

    private static Optional<String> renamed(ClusterPolicy before, ClusterPolicy after) {
        return after.nodes().stream()
                .filter(node -> before.node(node.id())
                        .filter(known -> !known.name().equals(node.name()))
                        .isPresent())
                .map(node -> "node " + node.id() + " can't get another name")
                .findFirst();
    }

    /** Nothing may be active on a node that is removed: afterwards nobody would wait for its end. */
    private static Optional<String> stillNeeded(ClusterState state, ClusterPolicy after) {
        return state.policy().nodes().stream()
                .filter(node -> after.node(node.id()).isEmpty())
                .flatMap(node -> mayRun(state, node).stream())
                .findFirst();
    }

    private static Optional<String> mayRun(ClusterState state, NodeSpec removed) {
        NodeStatus status = state.node(removed.id());
        if (StateMachine.isOpen(state.fencing(), removed.id())) {
            return Optional.of("node " + removed.name() + " is being fenced: wait until that is done");
        }
        return switch (status.presence()) {
            case LEFT_CLEANLY -> Optional.empty();
            case LOST ->
                isOver(status)
                        ? Optional.empty()
                        : Optional.of("node " + removed.name()
                                + " is lost, and may still run something: fence it, or confirm that it is down");
            case MEMBER ->
                Operations.firstActive(state, removed.id())
                        .map(resource -> resource + " may still be active on node " + removed.name()
                                + ": put it on standby first");
        };
    }

    private static boolean isOver(NodeStatus lost) {
        return lost.proof().level().satisfies(ProofLevel.PROCESS_KILLED)
                || lost.proof().byHuman();
    }

    private static SortedSet<NodeId> members(ClusterState state) {
        TreeSet<NodeId> members = new TreeSet<>();
        state.nodes().forEach(entry -> {
            if (entry.getValue().isMember()) {
                members.add(entry.getKey());
            }
        });
        return members;
    }

    private static ClusterPolicy votersOf(ClusterPolicy policy) {
        return policy.withResources(List.of())
                .withConstraints(List.of())
                .withOptions(dev.ha4j.api.config.ClusterOptions.DEFAULTS);
    }

    private static SortedSet<NodeId> ids(List<NodeSpec> nodes) {
        TreeSet<NodeId> ids = new TreeSet<>();
        nodes.forEach(node -> ids.add(node.id()));
        return ids;
    }
}
