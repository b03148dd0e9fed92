package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a node does with the token of one ring, from the first recovery visit to the last operational one (paper, section
 * 4): answer retransmit requests, ask for own gaps, send, and account for all of it on the token.
 *
 * <p>I1: the all-received-up-to that this node forwards is never above what it has received. I2: what was below it both
 * when forwarded and when the token came back has been received by every member, hence is safe.
 */
final class TokenRotation {

    /** Others ask too, and its own turn comes soon. */
    private static final int MAX_ON_LOAN = 4;

    /** In a quiet ring, no more than this part of the window was sent in a rotation. */
    private static final int QUIET_PARTS = 4;

    private final RingConfig config;
    private final NodeId self;
    private final Ring ring;
    private final Outputs outputs;
    private final TokenPace pace;
    private final FlowControl flow;
    private final Map<Long, Integer> misses = new TreeMap<>();

    /** What has its sequence, and goes out when the token is on its way. */
    private final ArrayDeque<TotemMessage> postponed = new ArrayDeque<>();

    private long lastHop = -1;
    private long forwardedSequence;
    private long forwardedReceivedUpTo;
    private long safeUpTo;
    private long safeForAllUpTo;
    private boolean isCalm;
    private int quietMost;
    private int idleRotations;
    private int stuckRotations;

    /** Where a visit's messages go. */
    record Outputs(Consumer<TotemMessage> toMembers) {}

    TokenRotation(RingConfig config, NodeId self, Ring ring, Outputs outputs, TokenPace pace) {
        this.pace = pace;
        this.config = config;
        this.self = self;
        this.ring = ring;
        this.outputs = outputs;
        this.flow = new FlowControl(config, self);
    }

    static Token first(RingView view, RingConfig config) {
        return new Token(
                view.id(),
                0,
                0,
                0,
                Optional.empty(),
                0,
                0,
                config.flow().windowMessages(),
                Optional.empty(),
                0,
                false,
                List.of());
    }

    /** A token seen before is a retransmission: the next member has not seen ours, or its answer is on the way. */
    boolean isNew(Token token) {
        return token.hop() > lastHop;
    }

    /** The whole visit but for {@link #sendPostponed}; the result is the token to pass on before that. */
    Token visit(Token arrived, Outgoing outgoing, int ownWindow) {
        Token token = ring.view.isRepresentative(self) ? arrived.withLingeredMicros(0) : arrived;
        lastHop = token.hop();
        safeForAllUpTo = safeUpTo;
        safeUpTo = Math.max(safeUpTo, Math.min(forwardedReceivedUpTo, token.allReceivedUpTo()));
        countIdleRotations(token, outgoing, ownWindow);
        ring.release(safeUpTo);
        List<Long> requests = new ArrayList<>(token.retransmitRequests());
        int served = serve(requests);
        request(requests, sentUpTo(token));
        int allowed = allowed(token, outgoing, ownWindow) - served;
        int sent = send(outgoing, token.sequence(), allowed);
        FlowControl.Counters counters = flow.visited(token, sent + served, outgoing.packets());
        FlowControl.Window window = flow.window(token, ownWindow);
        countStuckRotations(token);
        return forward(token, token.hop() + 1, token.sequence() + sent, counters, window, requests);
    }

    /** The end of a visit: the token has been passed on. */
    void sendPostponed() {
        while (!postponed.isEmpty()) {
            outputs.toMembers().accept(postponed.removeFirst());
        }
    }

    /** Sends what came in while the token was kept here, in its turn. */
    Token addTo(Token held, Outgoing outgoing, int ownWindow) {
        int sent = send(outgoing, held.sequence(), allowedMore(held, outgoing, ownWindow));
        if (sent > 0) {
            idleRotations = 0;
        }
        FlowControl.Counters counters = flow.added(held, sent, outgoing.packets());
        FlowControl.Window window = new FlowControl.Window(held.window(), held.narrowedBy());
        return forward(held, held.hop(), held.sequence() + sent, counters, window, held.retransmitRequests());
    }

    /**
     * A visit out of turn. It sends, and leaves alone what a rotation proves: for I2, this node has neither forwarded the token nor
     * got it back. So what the members from here to the lender have received counts at the next visit only.
     */
    Token borrow(Token lent, Outgoing outgoing, int ownWindow) {
        lastHop = lent.hop();
        return addToLent(lent, lent.hop() + 1, outgoing, ownWindow);
    }

    /** The same once more, while the borrowed token is still here. */
    Token addToBorrowed(Token borrowed, Outgoing outgoing, int ownWindow) {
        return addToLent(borrowed, borrowed.hop(), outgoing, ownWindow);
    }

    private Token addToLent(Token lent, long hop, Outgoing outgoing, int ownWindow) {
        idleRotations = 0;
        int allowed = Math.min(allowedMore(lent, outgoing, ownWindow), MAX_ON_LOAN);
        int sent = send(outgoing, lent.sequence(), allowed);
        FlowControl.Counters counters = flow.addedOnLoan(lent, sent, outgoing.packets());
        forwardedSequence = lent.sequence() + sent;
        return remember(new Token(
                lent.ring(),
                hop,
                forwardedSequence,
                lent.allReceivedUpTo(),
                lent.loweredBy(),
                counters.sentInRotation(),
                counters.backlog(),
                lent.window(),
                lent.narrowedBy(),
                lent.lingeredMicros(),
                lent.recovering(),
                lent.retransmitRequests()));
    }

    /** Every member has received all messages up to here. */
    long safeUpTo() {
        return safeUpTo;
    }

    /**
     * As far as this node knows, nobody needs the token: nobody has anything to send, misses anything, or waits until something is
     * safe. What that last is known of here, it is known of everywhere one rotation later.
     */
    boolean isQuiet() {
        return isCalm && ring.lastSafeSequence() <= safeForAllUpTo;
    }

    boolean leftSomeWaiting() {
        return flow.leftSomeWaiting();
    }

    /** As far as this node knows, somebody may keep the token: later visits know more of what is safe, and have seen fewer messages. */
    boolean mayBeKept() {
        return isCalm && ring.lastSafeSequence() <= safeUpTo && ring.store.highest() - forwardedSequence <= quietMost;
    }

    int idleRotations() {
        return idleRotations;
    }

    void endIdleness() {
        idleRotations = 0;
    }

    /** This node blocks all others since the visit before. */
    boolean isStuck() {
        return stuckRotations > 0;
    }

    /** This node has blocked all others for so many rotations that it should leave them. */
    boolean failsToReceive() {
        return stuckRotations > config.limits().failToReceiveRotations();
    }

    long forwardedSequence() {
        return forwardedSequence;
    }

    /** Work that back-pressure forbids is no reason to hurry. */
    private void countIdleRotations(Token token, Outgoing outgoing, int ownWindow) {
        boolean closed = Math.min(token.window(), ownWindow) == 0 && !outgoing.ignoresBackPressure();
        boolean nothingToSend = token.backlog() == 0 && outgoing.packets() == 0;
        boolean idle = (closed || nothingToSend)
                && token.sequence() == forwardedSequence
                && safeUpTo == token.sequence()
                && token.retransmitRequests().isEmpty();
        idleRotations = idle ? Math.min(idleRotations + 1, Integer.MAX_VALUE - 1) : 0;
    }

    private int serve(List<Long> requests) {
        int served = 0;
        List<Long> open = new ArrayList<>();
        for (long sequence : requests) {
            Optional<TotemMessage> message = ring.store.get(sequence);
            if (message.isPresent() && served < config.flow().messagesPerVisit()) {
                outputs.toMembers().accept(message.get());
                served++;
            } else {
                open.add(sequence);
            }
        }
        requests.clear();
        requests.addAll(open);
        pace.retransmitted(served);
        return served;
    }

    /** Asks for a gap only when it has been there for some visits: packets may just be out of order. */
    private void request(List<Long> requests, long sequence) {
        List<Long> gaps = ring.store.missing(sequence, 4 * RingConfig.MAX_RETRANSMIT_REQUESTS);
        if (gaps.isEmpty()) {
            misses.clear();
            return;
        }
        misses.keySet().retainAll(new TreeSet<>(gaps));
        for (long gap : gaps) {
            int visits = misses.merge(gap, 1, Integer::sum);
            boolean due = visits > config.flow().visitsBeforeRequest() && !requests.contains(gap);
            if (due && requests.size() < RingConfig.MAX_RETRANSMIT_REQUESTS) {
                requests.add(gap);
                pace.requested();
                misses.put(gap, 0);
            }
        }
    }

    /**
     * Up to where everything has been sent. What members postponed at their last visit may still be under way, but each has sent
     * it before it took the token again, and that came here since.
     */
    private long sentUpTo(Token token) {
        return config.flow().acceleratedMessages() > 0
                ? Math.min(token.sequence(), forwardedSequence)
                : token.sequence();
    }

    private int allowed(Token token, Outgoing outgoing, int ownWindow) {
        int allowed = flow.allowed(token, outgoing.packets(), ownWindow, outgoing.ignoresBackPressure());
        return fitting(allowed, token, outgoing);
    }

    private int allowedMore(Token token, Outgoing outgoing, int ownWindow) {
        return fitting(flow.allowedMore(token, outgoing.packets(), ownWindow), token, outgoing);
    }

    private int fitting(int allowed, Token token, Outgoing outgoing) {
        return (int) Math.min(allowed, ring.store.roomAfter(token.sequence(), outgoing.packetBytes()));
    }

    private int send(Outgoing outgoing, long sequence, int allowed) {
        int sent = 0;
        while (sent < allowed && outgoing.packets() > 0) {
            sent++;
            TotemMessage message = outgoing.next(sequence + sent);
            ring.add(sequence + sent, self, message);
            postponed.addLast(message);
            if (postponed.size() > outgoing.acceleratedMessages()) {
                outputs.toMembers().accept(postponed.removeFirst());
            }
        }
        return sent;
    }

    private void countStuckRotations(Token token) {
        boolean blockedByMe = token.loweredBy().filter(self::equals).isPresent();
        boolean stuck = blockedByMe && ring.store.receivedUpTo() <= token.allReceivedUpTo();
        stuckRotations = stuck ? stuckRotations + 1 : 0;
    }

    private Token forward(
            Token token,
            long hop,
            long sequence,
            FlowControl.Counters counters,
            FlowControl.Window window,
            List<Long> requests) {
        long received = ring.store.receivedUpTo();
        boolean mine = token.loweredBy().isEmpty()
                || token.loweredBy().get().equals(self)
                || received < token.allReceivedUpTo();
        forwardedReceivedUpTo = mine ? received : token.allReceivedUpTo();
        forwardedSequence = sequence;
        Optional<NodeId> loweredBy = token.loweredBy();
        if (mine) {
            loweredBy = received == sequence ? Optional.empty() : Optional.of(self);
        }
        return remember(new Token(
                token.ring(),
                hop,
                sequence,
                forwardedReceivedUpTo,
                loweredBy,
                counters.sentInRotation(),
                counters.backlog(),
                window.messages(),
                window.narrowedBy(),
                token.lingeredMicros(),
                token.recovering(),
                requests));
    }

    private Token remember(Token token) {
        quietMost = token.window() / QUIET_PARTS;
        isCalm = token.backlog() == 0
                && token.loweredBy().isEmpty()
                && token.retransmitRequests().isEmpty()
                && token.sentInRotation() <= quietMost
                && !token.recovering();
        return token;
    }
}
