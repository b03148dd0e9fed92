package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;
import java.util.SortedSet;

/** The ring is installed: messages are ordered by the token and delivered (paper, section 4). */
final class Operational extends Rotating {

    /** A busy ring of one node visits itself at this pace, so that its work is done in portions. */
    private static final long ALONE_PACE_NANOS = 100_000;

    /** Recovery ends within a rotation at all members; until then nobody waits for a token that somebody keeps. */
    private static final int VISITS_UNTIL_ALL_ARE_OPERATIONAL = 3;

    /** A fast ring goes round thousands of times while a receiver was only busy for a moment. */
    private static final int PATIENCE_TOKEN_TIMEOUTS = 2;

    private final Outgoing outgoing = new Submissions();
    private long visits;
    private boolean isVisiting;
    private final long patienceNanos;
    private final TokenRequest request;

    /** Who asked here before the token came. */
    private Optional<NodeId> waiting = Optional.empty();

    private long progressedAt;

    Operational(Protocol node, Ring ring, TokenRotation rotation, TokenPasser passer) {
        super(node, ring, rotation, passer);
        this.patienceNanos = node.config.nanos(RingTime.TOKEN_TIMEOUT) * PATIENCE_TOKEN_TIMEOUTS;
        this.request = new TokenRequest(node, ring, rotation);
    }

    @Override
    String name() {
        return "operational";
    }

    @Override
    void enter(long now) {
        progressedAt = now;
        node.timers.set(Timers.Name.MERGE, now + node.config.nanos(RingTime.MERGE));
        if (!node.queue.isEmpty()) {
            onWorkToDo(now);
        }
    }

    @Override
    void accept(Token token, long now) {
        visits++;
        request.answered();
        long previousSentAt = passer.firstSentAt();
        Token next = rotation.visit(token, outgoing, node.ownWindow);
        node.queue.safe(rotation.safeUpTo());
        progressedAt = rotation.isStuck() ? progressedAt : now;
        if (rotation.failsToReceive() && now - progressedAt >= patienceNanos) {
            rotation.sendPostponed();
            withdraw(now);
            return;
        }
        sendAndDeliver(next, now, () -> passOrKeep(Possession.inTurn(next), now));
        if (visits > 1 && node.state() == this) {
            node.listener.tokenVisited(new TokenVisit(ring.view.id(), visits, now, previousSentAt));
        }
    }

    /**
     * While nobody waits for the token, what can be delivered is, before the token goes and takes along what the transport has not sent
     * yet: encryption and system calls would only delay it. In a busy ring the token goes first. Nothing is delivered that its sender
     * has not sent: the application may leave upon it, and what was postponed would never go.
     */
    private void sendAndDeliver(Token next, long now, Runnable passing) {
        isVisiting = true;
        if (next.backlog() == 0) {
            rotation.sendPostponed();
            node.deliverer.deliverInRegular(ring, rotation.safeUpTo());
        }
        if (node.state() == this) { // the application may have left
            passing.run();
            rotation.sendPostponed();
            node.deliverer.deliverInRegular(ring, rotation.safeUpTo());
        }
        isVisiting = false;
        boolean hasMore = !node.queue.isEmpty() && !rotation.leftSomeWaiting();
        if (hasMore && node.state() == this) { // it may have sent something meanwhile
            onWorkToDo(now);
        }
    }

    private void passOrKeep(Possession possession, long now) {
        Token token = possession.token();
        boolean idle = rotation.idleRotations() >= node.config.limits().idleRotationsBeforeHold();
        long holdUntil = now + node.config.nanos(RingTime.HOLD);
        if (ring.view.isAlone()) {
            passer.passToSelf(token, now, idle ? holdUntil : now + ALONE_PACE_NANOS);
        } else if (idle && ring.holder(token.sequence()).equals(node.self)) {
            passer.keeper().hold(possession, holdUntil);
        } else if (isBestKeptHere(token)) {
            linger(possession, now);
        } else {
            passer.pass(possession, now);
        }
    }

    /** Unless somebody has asked for it before it was here. */
    private void linger(Possession possession, long now) {
        if (waiting.isPresent()) {
            passer.lend(possession, waiting.get(), now);
            waiting = Optional.empty();
        } else {
            node.count("token lingered");
            passer.keeper().linger(possession, now);
        }
    }

    private boolean isBestKeptHere(Token token) {
        return visits >= VISITS_UNTIL_ALL_ARE_OPERATIONAL
                && rotation.isQuiet()
                && ring.store.receivedUpTo() == token.sequence()
                && ring.holder(token.sequence()).equals(node.self)
                && passer.keeper().mayLinger(token);
    }

    @Override
    void onHoldOver(Possession held, long now) {
        if (ring.view.isAlone()) {
            accept(held.token(), now);
            return;
        }
        Possession next = addTo(held, now);
        boolean hasSent = next.token().sequence() > held.token().sequence();
        sendAndDeliver(next.token(), now, () -> {
            if (hasSent) {
                passOrKeep(next, now);
            } else {
                passer.pass(next, now);
            }
        });
    }

    private void lend(Possession held, NodeId asking, long now) {
        Possession next = addTo(held, now);
        sendAndDeliver(next.token(), now, () -> passer.lend(next, asking, now));
    }

    private Possession addTo(Possession held, long now) {
        expectToken(now);
        Token token = held.token();
        return held.with(
                held.isInTurn()
                        ? rotation.addTo(token, outgoing, node.ownWindow)
                        : rotation.addToBorrowed(token, outgoing, node.ownWindow));
    }

    @Override
    void onLoan(TokenLoan loan, long now) {
        Token lent = loan.token();
        if (lent.ring().equals(ring.view.id()) && rotation.isNew(lent)) {
            passer.progressed();
            passer.keeper().release(now);
            expectToken(now);
            request.answered();
            Token next = rotation.borrow(lent, outgoing, node.ownWindow);
            sendAndDeliver(next, now, () -> passOrKeep(Possession.lentBy(loan.lender(), next), now));
        }
    }

    /** A token that is kept has to be asked for: here, or at the member that sent last. What waits already waits for its turn. */
    @Override
    void onWorkToDo(long now) {
        boolean mayBeKept = passer.keeper().lingers() ? !rotation.leftSomeWaiting() : isNearlyIdle();
        if (passer.keeper().isKeeping()) {
            node.timers.set(Timers.Name.HOLD, now);
            rotation.endIdleness();
        } else if (mayBeKept && !isVisiting && !request.isOpen()) {
            request.begin(now);
        }
    }

    private boolean isNearlyIdle() {
        return rotation.idleRotations() >= node.config.limits().idleRotationsBeforeHold() - 1;
    }

    /** Somebody else got the token, and may keep it; or a rotation has to find out who has what is missing here. */
    private void onNews(RegularMessage received, long now) {
        waiting = waiting.filter(asking -> !asking.equals(received.sender()));
        if (passer.keeper().lingers() ? rotation.mayBeKept() : isNearlyIdle()) {
            boolean isGap = ring.store.receivedUpTo() < received.sequence();
            if (isGap || !node.queue.isEmpty()) {
                request.begin(now);
            }
        }
    }

    @Override
    void onHoldCancel(NodeId from, HoldCancel message, long now) {
        if (message.ring().equals(ring.view.id())) {
            rotation.endIdleness();
            passer.keeper()
                    .release(now)
                    .ifPresentOrElse(held -> lend(held, message.sender(), now), () -> sendAfterTheToken(from, message));
        }
    }

    /** To whom it has been lent meanwhile; once, for nobody knows where it goes from there. Otherwise it may still be on its way here. */
    private void sendAfterTheToken(NodeId from, HoldCancel message) {
        NodeId asking = message.sender();
        passer.unansweredBorrower()
                .filter(borrower -> from.equals(asking) && !borrower.equals(asking))
                .ifPresentOrElse(
                        borrower -> node.transport.send(borrower, message), () -> waiting = Optional.of(asking));
    }

    @Override
    void onRegular(NodeId from, RegularMessage message, long now) {
        if (!message.ring().equals(ring.view.id())) {
            meet(message.ring(), from, now);
        } else if (store(message.sequence(), message.sender(), message)) {
            node.deliverer.deliverInRegular(ring, rotation.safeUpTo());
            if (node.state() == this) {
                onNews(message, now);
            }
        }
    }

    @Override
    void onRecovery(NodeId from, RecoveryMessage message, long now) {
        if (message.ring().equals(ring.view.id())) {
            store(message.sequence(), message.sender(), message);
        }
    }

    @Override
    void onMergeDetect(MergeDetect message, long now) {
        meet(message.ring(), message.sender(), now);
    }

    private void meet(RingId other, NodeId from, long now) {
        if (node.peers.isTurnedAway(from, now)) {
            node.count("turned away");
        } else if (node.isForeign(other, from)) {
            gather(Sets.of(from), Sets.of(), "met ring " + other, now);
        }
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        NodeId sender = join.sender();
        if (join.leaving()) {
            if (ring.view.members().contains(sender)) {
                node.leftCleanly.add(sender);
                gather(Sets.of(), Sets.of(sender), sender + " leaves", now);
            }
        } else if (node.peers.isTurnedAway(sender, now)) {
            node.count("turned away");
        } else if (!join.failed().contains(node.self)) {
            gather(Sets.union(join.processes(), Sets.of(sender)), Sets.of(), sender + " joins", now);
            node.state().onJoin(join, now);
        }
    }

    @Override
    void onRefused(NodeId peer, long now) {
        if (ring.view.members().contains(peer)) {
            gather(Sets.of(), Sets.of(), peer + " refuses packets", now);
        }
    }

    @Override
    void onNodesChanged(long now) {
        SortedSet<NodeId> removed = node.peers.unknown(ring.view.members());
        if (!removed.isEmpty()) {
            gather(Sets.of(), Sets.of(), removed + " removed", now);
        }
    }

    @Override
    void onTokenLost(long now) {
        node.count("token lost");
        node.pace.lost();
        gather(Sets.of(), Sets.of(), "token lost", now);
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        if (timer == Timers.Name.MERGE) {
            showRing(now);
        } else if (timer == Timers.Name.ASK) {
            request.ask(now);
        } else {
            super.onTimer(timer, now);
        }
    }

    /** Only while configured nodes are missing: a complete ring is quiet. */
    private void showRing(long now) {
        boolean somebodyMissing = !node.peers.areAllAmong(ring.view.members());
        if (somebodyMissing && ring.view.isRepresentative(node.self)) {
            node.transport.multicast(new MergeDetect(ring.view.id(), node.self), new Scope.AllConfigured());
        }
        node.timers.set(Timers.Name.MERGE, now + node.config.nanos(RingTime.MERGE));
    }

    /** This node receives so badly that it blocks the others: it tells them to go on without it. */
    private void withdraw(long now) {
        node.count("failed to receive");
        SortedSet<NodeId> members = ring.view.members();
        node.transport.multicast(
                new JoinMessage(
                        node.self,
                        members,
                        Sets.of(node.self),
                        Sets.of(),
                        Sets.of(),
                        Sets.of(),
                        node.highestRingSequence,
                        false),
                new Scope.AllConfigured());
        gather(Sets.of(), ring.view.without(node.self), "fails to receive", now);
    }

    private void gather(SortedSet<NodeId> others, SortedSet<NodeId> failed, String reason, long now) {
        Sets.minus(others, ring.view.members()).forEach(other -> node.peers.expect(other, now));
        node.transition(new Gather(node, Sets.union(ring.view.members(), others), failed), reason, now);
    }

    private final class Submissions implements Outgoing {
        @Override
        public int packets() {
            return node.queue.packets();
        }

        @Override
        public int packetBytes() {
            return node.queue.packetBytes();
        }

        @Override
        public TotemMessage next(long sequence) {
            return node.queue.pack(ring.view.id(), sequence, node.self);
        }

        @Override
        public int acceleratedMessages() {
            return node.config.flow().acceleratedMessages();
        }

        @Override
        public boolean ignoresBackPressure() {
            return false;
        }
    }
}
