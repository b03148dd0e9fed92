package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.OperatorWord;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.api.state.VoterLedger;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.Request.ProlongUnblocking;
import dev.ha4j.controller.command.StateCommand.EndUnblocking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an operator's word does to the state when it lets a partition without quorum go on. The partition may know less than
 * those it goes on without: so it begins an era of its own, leaves out tokens, and takes nothing for true that the state says
 * of who is absent. Pure.
 */
final class Unblockings {

    private Unblockings() {}

    /** The first version of the epoch that a word opens. */
    static StateVersion version(StateVersion version, Optional<QuorumWord> word, SortedSet<NodeId> members) {
        return word.filter(Unblock.class::isInstance).isPresent()
                ? version.inNextEra(members.first().value())
                : version;
    }

    /** Applies the word to a state in which its epoch has just been opened. */
    static Result.Applied heeded(ClusterState opened, QuorumWord word, List<Effect> before) {
        OperatorWord kept = new OperatorWord(opened.version(), opened.wallMillis(), word.by(), word.text());
        ClusterState audited =
                opened.change().voters(opened.voters().with(kept)).build();
        return word instanceof Unblock unblock
                ? unblocked(audited, unblock, before)
                : new Result.Applied(audited, before);
    }

    private static Result.Applied unblocked(ClusterState opened, Unblock word, List<Effect> before) {
        SortedSet<NodeId> absent = absent(opened);
        ClusterState next = nothingKnownOf(absent, opened.change())
                .terms(opened.terms().leap(seat(opened)))
                .voters(voters(opened, word, absent))
                .build();
        List<Effect> effects = new ArrayList<>(before);
        for (NodeId node : word.declared()) {
            Result.Applied confirmed =
                    (Result.Applied) Fencing.confirmByHuman(next, node, word.operator(), word.reason());
            next = confirmed.state().change().version(opened.version()).build();
            effects.addAll(confirmed.effects());
        }
        return new Result.Applied(next, effects);
    }

    private static VoterLedger voters(ClusterState opened, Unblock word, SortedSet<NodeId> absent) {
        VoterLedger voters = opened.voters();
        TreeSet<NodeId> excused = new TreeSet<>(voters.excused());
        excused.addAll(word.declared());
        long until =
                Math.max(opened.wallMillis(), word.wallMillis()) + word.length().toMillis();
        Unblocking unblocking = new Unblocking(word.declared(), absent, until, word.forced(), word.by());
        Optional<VoterChange> change =
                voters.change().map(begun -> begun.excusing(excusedAfter(begun, word.declared())));
        return new VoterLedger(excused, change, Optional.of(unblocking), voters.words());
    }

    private static SortedSet<NodeId> excusedAfter(VoterChange change, SortedSet<NodeId> declared) {
        TreeSet<NodeId> excused = new TreeSet<>(change.excused());
        for (NodeSpec node : change.nodes()) {
            if (declared.contains(node.id())) {
                excused.add(node.id());
            }
        }
        return excused;
    }

    private static SortedSet<NodeId> absent(ClusterState state) {
        TreeSet<NodeId> absent = new TreeSet<>();
        state.nodes().forEach(entry -> {
            if (!entry.getValue().isMember()) {
                absent.add(entry.getKey());
            }
        });
        return absent;
    }

    /** Also who left, or was proven down, may have come back on the other side. */
    private static ClusterStateBuilder nothingKnownOf(SortedSet<NodeId> absent, ClusterStateBuilder next) {
        absent.forEach(node -> next.node(node, status -> status.gone(Presence.LOST)));
        return next;
    }

    /** The place of the first member among all nodes: no other partition has the same. */
    private static int seat(ClusterState state) {
        int seat = 0;
        for (var entry : state.nodes()) {
            if (entry.getValue().isMember()) {
                return seat;
            }
            seat++;
        }
        return seat;
    }

    /**
     * The time is over. A quorum is from now on what is one with those who were declared down, and without them: whoever goes on
     * by the word, for he has not heard of its end, meets whoever has. Mostly nobody has a quorum then, until they are back.
     */
    static Result end(ClusterState state, EndUnblocking end) {
        VoterLedger voters = state.voters();
        Optional<Unblocking> word = voters.unblocking();
        if (word.isEmpty()
                || !voters.isUnblocked()
                || state.wallMillis() < word.get().untilMillis()) {
            return Result.refused("the time of no operator's word is over at " + end.wallMillis());
        }
        if (voters.change().isPresent()) {
            return Result.refused("nodes or votes are being changed: wait until that is done");
        }
        TreeSet<NodeId> excused = new TreeSet<>(voters.excused());
        excused.removeAll(word.get().declared());
        VoterChange change = new VoterChange(
                state.policy().nodes(),
                state.policy().quorum(),
                state.policy().fencing(),
                excused,
                state.version().next(),
                "the end of what " + word.get().by() + " said");
        return StateMachine.applied(StateMachine.advance(state).voters(voters.changing(change)));
    }

    /** More time, or less, from now on. */
    static Result prolong(ClusterState state, ProlongUnblocking request) {
        VoterLedger voters = state.voters();
        if (!voters.isUnblocked() || voters.change().isPresent()) {
            return Result.refused("the cluster does not go on at an operator's word, or its time is over already");
        }
        long until = state.wallMillis() + request.length().toMillis();
        OperatorWord kept = new OperatorWord(
                state.version().next(),
                state.wallMillis(),
                request.by(),
                "goes on for " + request.length().toSeconds() + " s more");
        return StateMachine.applied(StateMachine.advance(state)
                .voters(voters.withUnblocking(voters.unblocking().map(word -> word.withUntilMillis(until)))
                        .with(kept)));
    }

    /** Who is back, or not configured any more, is known of again; with the last of them it is over. */
    static ClusterState settled(ClusterState state) {
        Optional<Unblocking> word = state.voters().unblocking();
        if (word.isEmpty()) {
            return state;
        }
        TreeSet<NodeId> still = new TreeSet<>(word.get().absent());
        still.removeIf(node -> state.node(node).isMember() || !state.nodes().containsKey(node));
        boolean over = still.isEmpty() && !state.voters().isUnblocked();
        if (!over && still.equals(word.get().absent())) {
            return state;
        }
        Optional<Unblocking> left =
                over ? Optional.empty() : Optional.of(word.get().withAbsent(still));
        return state.change().voters(state.voters().withUnblocking(left)).build();
    }
}
