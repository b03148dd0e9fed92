package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The members are agreed. The commit token goes round once to collect what each has of its old ring; a node passes it on only when the
 * new ring's sequence is on its disk.
 */
final class Commit extends State {

    /** Ring sequences rise in steps. */
    private static final int SEQUENCE_STEP = 4;

    private final Proposal proposal;
    private final Ring ring;
    private final CommitToken token;
    private boolean forwarded;

    Commit(Protocol node, Proposal proposal, CommitToken arrived) {
        super(node);
        this.proposal = proposal;
        this.ring = new Ring(arrived.ring(), Sets.copy(arrived.members()), node.self, node.firstSequence);
        this.token = fillIn(arrived, node.installed.history()).forwardedBy(node.self);
    }

    /** The representative starts the commit token. */
    static Commit create(Protocol node, Proposal proposal) {
        RingId ring = new RingId(node.self, node.highestRingSequence + SEQUENCE_STEP);
        List<CommitToken.Entry> entries = proposal.candidates().stream()
                .map(member -> new CommitToken.Entry(member, Optional.empty()))
                .toList();
        return new Commit(node, proposal, new CommitToken(node.self, ring, 0, 0, entries));
    }

    static boolean isMyTurn(CommitToken token, NodeId self) {
        return !token.isComplete()
                && token.entries().get(token.filled()).member().equals(self);
    }

    /** Fills in what the next member has; whoever has less of the same old ring than somebody else lacks something. */
    static CommitToken fillIn(CommitToken arrived, CommitToken.History own) {
        int filled = arrived.filled() + 1;
        List<CommitToken.Entry> entries = new ArrayList<>(arrived.entries());
        NodeId self = entries.get(arrived.filled()).member();
        entries.set(arrived.filled(), new CommitToken.Entry(self, Optional.of(own)));
        int highest = entries.stream()
                .flatMap(entry -> entry.history().stream())
                .filter(history -> history.oldRing().equals(own.oldRing()))
                .map(CommitToken.History::receivedUpTo)
                .reduce(own.receivedUpTo(), Serial::max);
        entries.replaceAll(entry -> new CommitToken.Entry(
                entry.member(), entry.history().map(history -> judged(history, own.oldRing(), highest))));
        return new CommitToken(arrived.sender(), arrived.ring(), arrived.hop(), filled, entries);
    }

    private static CommitToken.History judged(CommitToken.History history, RingId oldRing, int highest) {
        boolean behind = history.oldRing().equals(oldRing) && Serial.isAfter(highest, history.receivedUpTo());
        return new CommitToken.History(
                history.oldRing(), history.receivedUpTo(), history.highDelivered(), history.complete() && !behind);
    }

    @Override
    String name() {
        return "commit";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        node.ringId = ring.id;
        node.highestRingSequence = Math.max(node.highestRingSequence, ring.id.sequence());
        node.timers.set(Timers.Name.TOKEN_LOSS, now + node.config.tokenTimeoutNanos());
        forwardIfReserved(now);
    }

    @Override
    void onReserved(long now) {
        forwardIfReserved(now);
    }

    private void forwardIfReserved(long now) {
        if (!forwarded && node.reservation.allows(ring.id.sequence(), now)) {
            forwarded = true;
            send(now);
        }
    }

    private void send(long now) {
        node.transport.send(ring.nextAfter(node.self), token);
        node.timers.set(Timers.Name.TOKEN_RETRANSMIT, now + node.config.tokenRetransmitNanos());
    }

    @Override
    void onCommitToken(CommitToken arrived, long now) {
        boolean secondPass = arrived.ring().equals(ring.id)
                && arrived.isComplete()
                && Sets.copy(arrived.members()).equals(ring.members);
        if (forwarded && secondPass) {
            node.transition(new Recovery(node, proposal, ring, arrived), "commit token is complete", now);
        }
    }

    /** Others may be recovering already. */
    @Override
    void onOrdered(OrderedMessage message, long now) {
        if (message.ring().equals(ring.id)) {
            ring.add(message);
        }
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        node.joinedWhileForming(join, ring, proposal, now);
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        if (timer == Timers.Name.TOKEN_LOSS) {
            node.transition(new Gather(node, proposal), "commit token lost", now);
        } else if (timer == Timers.Name.TOKEN_RETRANSMIT) {
            send(now);
        }
    }
}
