package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;

/**
 * Gets the token to the next member: sends it, repeats it until there is progress, or keeps it for a while.
 *
 * <p>Idle cost: the representative keeps the token for the hold time, then lets it go round once. That is one packet per
 * member and hold time: 3 members at the default 1 s token send 3 packets each 180 ms, 17 a second in all.
 */
final class TokenPasser {

    private final Protocol node;
    private final NodeId next;
    private Optional<TotemMessage> sent = Optional.empty();
    private Optional<Token> held = Optional.empty();
    private long firstSentAt;

    TokenPasser(Protocol node, RingView view) {
        this.node = node;
        this.next = view.nextAfter(node.self);
    }

    void pass(TotemMessage token, long now) {
        sent = Optional.of(token);
        firstSentAt = now;
        send(token, now);
    }

    void repeat(long now) {
        sent.ifPresent(token -> send(token, now));
    }

    private void send(TotemMessage token, long now) {
        node.transport.send(next, token);
        node.timers.set(
                Timers.Name.TOKEN_RETRANSMIT,
                now + node.config.tokenRetransmit().toNanos());
    }

    /** The next member must have had it. */
    void progressed() {
        sent = Optional.empty();
        node.timers.cancel(Timers.Name.TOKEN_RETRANSMIT);
    }

    void hold(Token token, long until) {
        held = Optional.of(token);
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

    Optional<Token> release() {
        Optional<Token> token = held;
        held = Optional.empty();
        node.timers.cancel(Timers.Name.HOLD);
        return token;
    }

    long firstSentAt() {
        return firstSentAt;
    }
}
