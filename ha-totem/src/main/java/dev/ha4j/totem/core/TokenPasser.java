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
 * member and hold time: 3 members at the default 1 s token send 3 packets each 180 ms, 17 a second in all.
 */
final class TokenPasser {

    private final Protocol node;
    private final RingView view;
    private final NodeId next;
    private Optional<TotemMessage> sent = Optional.empty();
    private NodeId sentTo;
    private Optional<Token> held = Optional.empty();
    private long firstSentAt;

    TokenPasser(Protocol node, RingView view) {
        this.node = node;
        this.view = view;
        this.next = view.nextAfter(node.self);
        this.sentTo = next;
    }

    void pass(TotemMessage token, long now) {
        firstSentAt = now;
        send(next, token, now);
    }

    /** Whose turn it is gets the token; who asks for it out of turn borrows it. */
    void passOrLend(Token token, NodeId asking, long now) {
        boolean isItsTurn = asking.equals(next)
                || asking.equals(node.self)
                || !view.members().contains(asking);
        firstSentAt = now;
        send(isItsTurn ? next : asking, isItsTurn ? token : new TokenLoan(token, node.self), now);
    }

    /** What was lent goes on as if it had not been here: this proves nothing of those who come later in the rotation. */
    void passOn(Token borrowed, NodeId lender, long now) {
        send(view.nextAfter(lender), borrowed, now);
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

    /** Since then the token has been everywhere when it comes back. */
    long firstSentAt() {
        return firstSentAt;
    }
}
