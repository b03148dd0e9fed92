package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.TransitionalConfiguration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Members that come from the same old ring give each other what they have of it, as ordered messages of the new ring;
 * when everybody has everything, they deliver it alike and install the new ring (paper, section 6).
 */
final class Recovery extends Rotating {

    private static final int QUIET_VISITS_TO_FIX_THE_END = 2;
    private static final int COMPLETE_VISITS_TO_INSTALL = 2;

    private final SortedSet<NodeId> processes;
    private final SortedSet<NodeId> failed;
    private final CommitToken commit;
    private final Map<NodeId, CommitToken.History> together = new TreeMap<>();
    private final ArrayDeque<RegularMessage> repeats = new ArrayDeque<>();
    private final Outgoing outgoing = new Repeats();
    private boolean originated;
    private boolean raisedRecovering;
    private int quietVisits;
    private int completeVisits;
    private long installSequence;

    Recovery(Protocol node, SortedSet<NodeId> processes, SortedSet<NodeId> failed, RingView view, CommitToken commit) {
        this(node, processes, failed, new Ring(view, node.config), commit);
    }

    private Recovery(
            Protocol node, SortedSet<NodeId> processes, SortedSet<NodeId> failed, Ring ring, CommitToken commit) {
        super(node, ring, node.rotation(ring), new TokenPasser(node, ring.view));
        this.processes = processes;
        this.failed = failed;
        this.commit = commit;
    }

    @Override
    String name() {
        return "recovery";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        node.lossTimeout.forming(now);
        for (CommitToken.Entry entry : commit.entries()) {
            entry.history()
                    .filter(history -> history.oldRing().equals(node.installed.view.id()))
                    .ifPresent(history -> together.put(entry.member(), history));
        }
        chooseRepeats();
        expectToken(now);
        if (ring.view.isAlone()) {
            originate(now);
        } else {
            passer.pass(new CommitToken(commit.ring(), commit.hop() + 1, commit.entries(), commit.leftCleanly()), now);
        }
    }

    /**
     * What others of the old ring may lack. Up to the highest all-received-up-to there is one who has it all and repeats
     * it for everybody; what is beyond, each repeats that has it.
     */
    private void chooseRepeats() {
        MessageStore store = node.installed.store;
        long everybodyHas = histories().stream()
                .mapToLong(CommitToken.History::allReceivedUpTo)
                .min()
                .orElse(0);
        long somebodyHas = histories().stream()
                .mapToLong(CommitToken.History::allReceivedUpTo)
                .max()
                .orElse(0);
        boolean responsible = together.entrySet().stream()
                .filter(entry -> entry.getValue().allReceivedUpTo() == somebodyHas)
                .findFirst()
                .filter(entry -> entry.getKey().equals(node.self))
                .isPresent();
        boolean nobodyElse = together.size() == 1;
        for (long s = responsible ? everybodyHas + 1 : somebodyHas + 1; !nobodyElse && s <= store.highest(); s++) {
            store.get(s)
                    .filter(RegularMessage.class::isInstance)
                    .map(RegularMessage.class::cast)
                    .ifPresent(repeats::add);
        }
    }

    @Override
    void onCommitToken(CommitToken arrived, long now) {
        boolean secondPassDone = arrived.ring().equals(ring.view.id())
                && arrived.hop() > commit.hop() + 1
                && ring.view.isRepresentative(node.self);
        if (secondPassDone) {
            originate(now);
        }
    }

    private void originate(long now) {
        if (!originated) {
            originated = true;
            onToken(TokenRotation.first(ring.view, node.config), now);
        }
    }

    @Override
    void accept(Token token, long now) {
        Token visited = rotation.visit(token, outgoing, node.ownWindow);
        skipRepeats();
        Token next = markRecovering(visited);
        boolean done = judge(next);
        if (ring.view.isAlone()) {
            passer.passToSelf(next, now, now);
        } else {
            passer.pass(next, now);
        }
        if (done) {
            install(now);
        }
    }

    @Override
    void onHoldOver(Possession held, long now) {
        accept(held.token(), now);
    }

    /** Repeats were taken out when they came; they need no delivery. */
    private void skipRepeats() {
        while (ring.store
                .get(ring.highDelivered + 1)
                .filter(RecoveryMessage.class::isInstance)
                .isPresent()) {
            ring.highDelivered++;
        }
    }

    private Token markRecovering(Token token) {
        boolean recovering = token.recovering();
        if (!repeats.isEmpty()) {
            raisedRecovering |= !recovering;
            recovering = true;
        } else if (raisedRecovering) {
            raisedRecovering = false;
            recovering = false;
        }
        return token.withRecovering(recovering);
    }

    /** Whether everybody is known to have everything. */
    private boolean judge(Token token) {
        quietVisits = token.recovering() ? 0 : quietVisits + 1;
        if (quietVisits == QUIET_VISITS_TO_FIX_THE_END) {
            installSequence = token.sequence();
        }
        boolean complete = quietVisits >= QUIET_VISITS_TO_FIX_THE_END && token.allReceivedUpTo() >= installSequence;
        if (complete && !node.installed.received) {
            node.installed.received = true;
            node.installed.obligations = completeSenders();
        }
        completeVisits = complete && quietVisits > QUIET_VISITS_TO_FIX_THE_END ? completeVisits + 1 : 0;
        return completeVisits == COMPLETE_VISITS_TO_INSTALL;
    }

    private SortedSet<NodeId> completeSenders() {
        SortedSet<NodeId> senders = Sets.copy(together.keySet());
        for (CommitToken.History history : histories()) {
            senders = Sets.union(senders, history.obligations());
        }
        return senders;
    }

    private void install(long now) {
        Ring old = node.installed;
        SortedSet<NodeId> members = Sets.copy(together.keySet());
        node.deliverer.deliverInRegular(old, safeInOldRing(members, old));
        SortedSet<NodeId> left = Sets.minus(old.view.members(), members);
        SortedSet<NodeId> leftCleanly = Sets.common(left, commit.leftCleanly());
        node.listener.transitional(
                new TransitionalConfiguration(old.view.id(), ring.view.id(), members, left, leftCleanly));
        node.deliverer.deliverInTransitional(old, completeSenders());
        node.install(ring, members, left, leftCleanly);
        node.transition(new Operational(node, ring, rotation, passer), "ring " + ring.view.id() + " installed", now);
        node.deliverer.deliverInRegular(ring, rotation.safeUpTo());
    }

    /** If the whole old ring is here, everybody has everything; else, what somebody delivered was safe. */
    private long safeInOldRing(SortedSet<NodeId> members, Ring old) {
        if (members.equals(old.view.members())) {
            return Long.MAX_VALUE;
        }
        return histories().stream()
                .mapToLong(CommitToken.History::highDelivered)
                .max()
                .orElse(0);
    }

    private Collection<CommitToken.History> histories() {
        return together.values();
    }

    @Override
    void onRecovery(NodeId from, RecoveryMessage message, long now) {
        if (!message.ring().equals(ring.view.id()) || !store(message.sequence(), message.sender(), message)) {
            return;
        }
        RegularMessage original = message.original();
        if (original.ring().equals(node.installed.view.id())) {
            node.store(node.installed, original.sequence(), original.sender(), original);
        }
    }

    /** Others may be operational already. */
    @Override
    void onRegular(NodeId from, RegularMessage message, long now) {
        if (message.ring().equals(ring.view.id())) {
            store(message.sequence(), message.sender(), message);
        }
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        node.rejoinWhileForming(ring.view, processes, failed, join, now);
    }

    @Override
    void onRefused(NodeId peer, long now) {
        if (ring.view.members().contains(peer)) {
            node.transition(new Gather(node, processes, failed), peer + " refuses packets", now);
        }
    }

    @Override
    void onNodesChanged(long now) {
        if (!node.peers.unknown(ring.view.members()).isEmpty()) {
            node.transition(new Gather(node, processes, failed), "a member was removed", now);
        }
    }

    @Override
    void onTokenLost(long now) {
        node.count("recovery token lost");
        node.transition(new Gather(node, processes, failed), "token lost", now);
    }

    private final class Repeats implements Outgoing {
        @Override
        public int packets() {
            return repeats.size();
        }

        @Override
        public int packetBytes() {
            return RingConfig.MAX_PACKET_BYTES;
        }

        @Override
        public TotemMessage next(long sequence) {
            return new RecoveryMessage(ring.view.id(), sequence, node.self, repeats.removeFirst());
        }

        @Override
        public int acceleratedMessages() {
            return 0;
        }

        @Override
        public boolean ignoresBackPressure() {
            return true;
        }
    }
}
