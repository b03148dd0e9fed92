package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The members are agreed. The commit token goes round once to collect what each has of its old ring; a node passes it on
 * only when the new ring's sequence is reserved on its disk.
 */
final class Commit extends State {

    /** Ring sequences rise in steps, as in Corosync. */
    private static final int SEQUENCE_STEP = 4;

    private final SortedSet<NodeId> processes;
    private final SortedSet<NodeId> failed;
    private final CommitToken token;
    private final RingView view;
    private boolean forwarded;

    Commit(Protocol node, SortedSet<NodeId> processes, SortedSet<NodeId> failed, CommitToken arrived) {
        super(node);
        this.processes = processes;
        this.failed = failed;
        this.view = new RingView(arrived.ring(), members(arrived));
        this.token = fillIn(node, arrived);
    }

    /** The representative starts the commit token. */
    static Commit create(Protocol node, SortedSet<NodeId> processes, SortedSet<NodeId> failed) {
        List<CommitToken.Entry> entries = Sets.minus(processes, failed).stream()
                .map(member -> new CommitToken.Entry(member, Optional.empty()))
                .toList();
        RingId ring = new RingId(node.self, node.highestRingSequence + SEQUENCE_STEP);
        return new Commit(node, processes, failed, new CommitToken(ring, 0, entries, Sets.of()));
    }

    static SortedSet<NodeId> members(CommitToken token) {
        return Sets.copy(token.entries().stream().map(CommitToken.Entry::member).toList());
    }

    static Optional<CommitToken.History> history(CommitToken token, NodeId member) {
        return token.entries().stream()
                .filter(entry -> entry.member().equals(member))
                .findFirst()
                .flatMap(CommitToken.Entry::history);
    }

    static boolean isComplete(CommitToken token) {
        return token.entries().stream().allMatch(entry -> entry.history().isPresent());
    }

    private static CommitToken fillIn(Protocol node, CommitToken arrived) {
        Optional<CommitToken.History> own = Optional.of(node.installed.history());
        List<CommitToken.Entry> entries = arrived.entries().stream()
                .map(entry -> entry.member().equals(node.self) ? new CommitToken.Entry(node.self, own) : entry)
                .toList();
        return new CommitToken(
                arrived.ring(), arrived.hop() + 1, entries, Sets.union(arrived.leftCleanly(), node.leftCleanly));
    }

    @Override
    String name() {
        return "commit";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        node.lastCommitSequence = view.id().sequence();
        node.sawRingSequence(view.id().sequence());
        node.timers.set(Timers.Name.TOKEN_LOSS, now + node.config.nanos(RingTime.TOKEN_TIMEOUT));
        if (node.reservation.allows(view.id().sequence())) {
            forward(now);
        } else {
            node.awaitReservation(now);
        }
    }

    @Override
    void onReserved(long now) {
        if (!forwarded && node.reservation.allows(view.id().sequence())) {
            forward(now);
        }
    }

    @Override
    void onNodesChanged(long now) {
        if (!node.peers.unknown(view.members()).isEmpty()) {
            node.transition(new Gather(node, processes, failed), "a member was removed", now);
        }
    }

    private void forward(long now) {
        forwarded = true;
        if (view.isAlone()) {
            recover(token, now);
            return;
        }
        node.transport.send(view.nextAfter(node.self), token);
        repeatLater(now);
    }

    private void repeatLater(long now) {
        node.timers.set(Timers.Name.TOKEN_RETRANSMIT, now + node.config.nanos(RingTime.TOKEN_RETRANSMIT));
    }

    @Override
    void onCommitToken(CommitToken arrived, long now) {
        boolean secondPass = arrived.ring().equals(view.id()) && arrived.hop() > token.hop() && isComplete(arrived);
        if (secondPass && forwarded) {
            recover(arrived, now);
        }
    }

    private void recover(CommitToken complete, long now) {
        node.transition(new Recovery(node, processes, failed, view, complete), "commit token is complete", now);
    }

    @Override
    void onRegular(NodeId from, RegularMessage message, long now) {
        if (message.ring().equals(node.installed.view.id())) {
            node.store(node.installed, message.sequence(), message.sender(), message);
        }
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        if (hasMovedOn(join)) {
            node.transition(new Gather(node, processes, failed), join.sender() + " knows of more", now);
            node.state().onJoin(join, now);
        } else {
            node.rejoinWhileForming(view, processes, failed, join, now);
        }
    }

    /** Proposals only grow: a member whose is beyond what was agreed here will not take this commit token any more. */
    private boolean hasMovedOn(JoinMessage join) {
        boolean beyond = !processes.containsAll(join.processes()) || !failed.containsAll(join.failed());
        return beyond && !join.leaving() && view.members().contains(join.sender());
    }

    @Override
    void onRefused(NodeId peer, long now) {
        if (view.members().contains(peer)) {
            node.transition(new Gather(node, processes, failed), peer + " refuses packets", now);
        }
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        if (timer == Timers.Name.TOKEN_LOSS) {
            node.count("commit token lost");
            node.transition(new Gather(node, processes, failed), "commit token lost", now);
        } else if (timer == Timers.Name.TOKEN_RETRANSMIT) {
            node.transport.repeat(view.nextAfter(node.self), token);
            repeatLater(now);
        }
    }
}
