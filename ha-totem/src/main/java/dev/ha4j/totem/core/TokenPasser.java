package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;

/**
 * Gets the token to the next member: sends it, repeats it until there is progress, or keeps it for a while.
 *
 * <p>Idle cost: the last sender keeps the token for the hold time, then lets it go round once. That is one packet per
 * member and hold time: 3 members at the default 1 s token send 3 packets each 180 ms, 17 a second in all. In a quiet ring, where
 * somebody sends now and then, it lingers likewise, for the linger time.
 */
final class TokenPasser {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Protocol node;
    private final RingView view;
    private final NodeId next;
    private Optional<TotemMessage> sent = Optional.empty();
    private NodeId sentTo;
    private Optional<Possession> held = Optional.empty();
    private long lingersSince;
    private boolean isLingering;
    private final long lingerNanos;
    private long firstSentAt;

    TokenPasser(Protocol node, RingView view) {
        this.node = node;
        this.view = view;
        this.next = view.nextAfter(node.self);
        this.sentTo = next;
        this.lingerNanos = node.config.nanos(RingTime.LINGER);
    }

    void pass(TotemMessage token, long now) {
        firstSentAt = now;
        send(next, token, now);
    }

    /** Whose turn it is gets the token. What was lent goes on as if it had not been here: that proves nothing of this node's next. */
    void pass(Possession possession, long now) {
        lend(possession, node.self, now);
    }

    /** Who asks for the token out of turn borrows it. */
    void lend(Possession possession, NodeId asking, long now) {
        NodeId lender = possession.lender().orElse(node.self);
        NodeId successor = view.nextAfter(lender);
        boolean isLoan = !asking.equals(successor)
                && !asking.equals(node.self)
                && view.members().contains(asking);
        if (possession.isInTurn()) {
            firstSentAt = now;
        }
        Token token = possession.token();
        send(isLoan ? asking : successor, isLoan ? new TokenLoan(token, lender) : token, now);
    }

    private void send(NodeId target, TotemMessage token, long now) {
        sent = Optional.of(token);
        sentTo = target;
        node.transport.send(target, token);
        repeatLater(now);
    }

    void repeat(long now) {
        sent.ifPresent(token -> {
            node.transport.repeat(sentTo, token);
            repeatLater(now);
        });
    }

    /** At a pace that suits the least patient member, whom nobody knows; how patient this one has become does not matter. */
    private void repeatLater(long now) {
        node.timers.set(Timers.Name.TOKEN_RETRANSMIT, now + node.config.nanos(RingTime.TOKEN_RETRANSMIT));
    }

    /** The next member must have had it. */
    void progressed() {
        sent = Optional.empty();
        node.timers.cancel(Timers.Name.TOKEN_RETRANSMIT);
    }

    void hold(Token token, long until) {
        keep(Possession.inTurn(token), until);
    }

    /** How much longer the token may be kept in this rotation. */
    private long lingerNanos(Token token) {
        return lingerNanos - token.lingeredMicros() * NANOS_PER_MICRO;
    }

    boolean mayLinger(Token token) {
        return lingerNanos(token) > 0;
    }

    /** Who has it out of turn and has not sent anything yet, as far as this node knows. */
    Optional<NodeId> borrower() {
        return sent.filter(TokenLoan.class::isInstance).map(loan -> sentTo);
    }

    /** Keeps it until somebody needs it, or it has to go round. */
    void linger(Possession possession, long now) {
        keep(possession, now + lingerNanos(possession.token()));
        isLingering = true;
        lingersSince = now;
    }

    private void keep(Possession possession, long until) {
        held = Optional.of(possession);
        isLingering = false;
        node.timers.set(Timers.Name.HOLD, until);
    }

    /** A ring of one node: the token is passed by keeping it. */
    void passToSelf(Token token, long now, long until) {
        firstSentAt = now;
        hold(token, until);
    }

    boolean isHolding() {
        return held.isPresent();
    }

    /** What was held, if anything was. */
    Optional<Possession> release(long now) {
        Optional<Possession> released = isLingering ? held.map(possession -> lingered(possession, now)) : held;
        held = Optional.empty();
        isLingering = false;
        node.timers.cancel(Timers.Name.HOLD);
        return released;
    }

    private Possession lingered(Possession possession, long now) {
        Token token = possession.token();
        long micros = token.lingeredMicros() + (now - lingersSince) / NANOS_PER_MICRO + 1;
        return possession.with(token.withLingeredMicros((int) Math.min(micros, Integer.MAX_VALUE)));
    }

    /** Since then the token has been everywhere when it comes back. */
    long firstSentAt() {
        return firstSentAt;
    }
}
