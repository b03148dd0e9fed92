package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Members that come from the same old ring give each other what they have of it, as messages of the new ring; when everybody has
 * everything, they deliver it alike and install the new ring.
 */
final class Recovery extends Rotating {

    private static final int QUIET_VISITS_TO_FIX_THE_END = 2;
    private static final int COMPLETE_VISITS_TO_INSTALL = 2;

    private final Proposal proposal;
    private final CommitToken commit;
    private final Map<NodeId, CommitToken.History> together = new TreeMap<>();
    private final ArrayDeque<OrderedMessage> repeats = new ArrayDeque<>();
    private final Outgoing outgoing = new Repeats();
    private boolean originated;
    private boolean raisedRecovering;
    private boolean complete = true;
    private int quietVisits;
    private int completeVisits;
    private int installSequence;

    Recovery(Protocol node, Proposal proposal, Ring ring, CommitToken commit) {
        super(node, ring, new Rotation(node, ring), commit);
        this.proposal = proposal;
        this.commit = commit;
        this.installSequence = node.firstSequence;
    }

    @Override
    String name() {
        return "recovery";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        for (CommitToken.Entry entry : commit.entries()) {
            entry.history()
                    .filter(history -> history.oldRing().equals(node.installed.id))
                    .filter(history -> node.installed.members.contains(entry.member()))
                    .ifPresent(history -> together.put(entry.member(), history));
        }
        complete = histories().stream().allMatch(CommitToken.History::complete);
        if (!complete) {
            node.obligations = Sets.copy(together.keySet());
            chooseRepeats();
        }
        pass(commit.forwardedBy(node.self), now);
    }

    /** Whatever somebody of the old ring may lack; each repeats all that it has. */
    private void chooseRepeats() {
        Window old = node.installed.window;
        int everybodyHas =
                histories().stream().map(CommitToken.History::receivedUpTo).reduce(old.highest(), Serial::min);
        int first = Serial.max(everybodyHas, old.highest() - Window.CAPACITY) + 1;
        for (int s = first; !Serial.isAfter(s, old.highest()); s++) {
            old.get(s).ifPresent(repeats::add);
        }
        node.log.info("repeats {} messages of ring {}", repeats.size(), node.installed.id);
    }

    @Override
    void onCommitToken(CommitToken arrived, long now) {
        boolean secondPassDone =
                arrived.ring().equals(ring.id) && arrived.isComplete() && ring.isRepresentative(node.self);
        if (secondPassDone && !originated) {
            originated = true;
            raisedRecovering = !repeats.isEmpty();
            pass(Rotation.first(node, ring, raisedRecovering), now);
        }
    }

    @Override
    void onToken(Token token, long now) {
        if (!rotation.isNew(token)) {
            return;
        }
        Token visited = rotation.visit(token, outgoing, now);
        if (rotation.failsToReceive()) {
            node.transition(new Gather(node, proposal.withFailed(Sets.of(node.self))), "fails to receive", now);
            return;
        }
        Token next = markRecovering(visited);
        boolean done = judge(next);
        pass(next, now);
        if (done) {
            install(now);
        }
    }

    private Token markRecovering(Token token) {
        if (!repeats.isEmpty()) {
            raisedRecovering |= !token.recovering();
            return token.recovering(true);
        }
        if (token.recovering() && raisedRecovering) {
            raisedRecovering = false;
            return token.recovering(false);
        }
        return token;
    }

    /** Whether everybody is known to have everything. */
    private boolean judge(Token token) {
        quietVisits = token.recovering() ? 0 : quietVisits + 1;
        if (quietVisits == QUIET_VISITS_TO_FIX_THE_END) {
            installSequence = token.sequence();
        }
        boolean fixed = quietVisits >= QUIET_VISITS_TO_FIX_THE_END;
        if (fixed && !complete && !Serial.isAfter(installSequence, ring.window.receivedUpTo())) {
            complete = true;
            node.obligations = Sets.copy(together.keySet());
        }
        boolean everybody =
                quietVisits > QUIET_VISITS_TO_FIX_THE_END && !Serial.isAfter(installSequence, token.receivedUpTo());
        completeVisits = everybody ? completeVisits + 1 : 0;
        return completeVisits == COMPLETE_VISITS_TO_INSTALL;
    }

    private void install(long now) {
        Ring old = node.installed;
        takeOutRepeats(old);
        node.deliver(old);
        SortedSet<NodeId> members = Sets.copy(together.keySet());
        node.listener.transitional(members, Sets.minus(old.members, members));
        deliverBeyondGaps(old);
        node.install(ring);
        node.transition(new Operational(node, ring, rotation, passed), "ring " + ring.id + " is installed", now);
        node.deliver(ring);
    }

    private void takeOutRepeats(Ring old) {
        for (int s = ring.highDelivered + 1; !Serial.isAfter(s, ring.window.receivedUpTo()); s++) {
            Optional<OrderedMessage> message = ring.window.get(s).filter(OrderedMessage::encapsulated);
            message.flatMap(Recovery::original)
                    .filter(original -> original.ring().equals(old.id))
                    .ifPresent(old::add);
        }
    }

    private static Optional<OrderedMessage> original(OrderedMessage repeat) {
        try {
            return SrpCodec.decode(repeat.payload()) instanceof OrderedMessage original
                    ? Optional.of(original)
                    : Optional.empty();
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }

    /** The others' messages might depend on what is missing. */
    private void deliverBeyondGaps(Ring old) {
        int highest = old.window.highest();
        for (int s = old.highDelivered + 1; !Serial.isAfter(s, highest); s++) {
            old.window
                    .get(s)
                    .filter(message -> node.obligations.contains(message.sender()))
                    .ifPresent(node::handOver);
        }
        old.highDelivered = highest;
    }

    private Collection<CommitToken.History> histories() {
        return together.values();
    }

    /** Repeats, and what those send who are operational already. */
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
    void onTokenLost(long now) {
        node.pace.lost();
        node.transition(new Gather(node, proposal), "token lost", now);
    }

    private final class Repeats implements Outgoing {
        @Override
        public int packets() {
            return repeats.size();
        }

        @Override
        public byte[] next() {
            return repeats.removeFirst().packet();
        }
    }
}
