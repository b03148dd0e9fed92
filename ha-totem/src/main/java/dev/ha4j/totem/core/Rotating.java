package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;

/** The two states in which the token goes round: recovery and operational, on the same ring. */
abstract sealed class Rotating extends State permits Recovery, Operational {

    final Ring ring;
    final TokenRotation rotation;
    final TokenPasser passer;

    Rotating(Protocol node, Ring ring, TokenRotation rotation, TokenPasser passer) {
        super(node);
        this.ring = ring;
        this.rotation = rotation;
        this.passer = passer;
    }

    /** A new token of this ring. */
    abstract void accept(Token token, long now);

    abstract void onHoldOver(Possession held, long now);

    abstract void onTokenLost(long now);

    @Override
    void onToken(Token token, long now) {
        if (token.ring().equals(ring.view.id()) && rotation.isNew(token)) {
            if (node.pace.visited(token, now)) {
                node.count("token late"); // the next one may be lost (token_warning)
                node.log.warn("the token was late: three quarters of its timeout were over");
            }
            passer.progressed();
            passer.keeper().release(now);
            expectToken(now);
            accept(token, now);
        }
    }

    final void expectToken(long now) {
        if (!ring.view.isAlone()) {
            node.timers.set(Timers.Name.TOKEN_LOSS, now + node.lossTimeout.nanos());
        }
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        switch (timer) {
            case TOKEN_RETRANSMIT -> passer.repeat(now);
            case HOLD -> passer.keeper().release(now).ifPresent(held -> onHoldOver(held, now));
            case TOKEN_LOSS -> onTokenLost(now);
            default -> {}
        }
    }

    /** Whether it is new; a message beyond the token that we passed on proves that it arrived. */
    final boolean store(long sequence, NodeId sender, TotemMessage message) {
        if (sequence > rotation.forwardedSequence()) {
            passer.progressed();
        }
        return node.store(ring, sequence, sender, message);
    }
}
