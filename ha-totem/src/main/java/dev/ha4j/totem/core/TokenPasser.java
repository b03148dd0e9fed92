package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;

/**
 * Gets the token to the next member: sends it, and repeats it until there is progress.
 *
 * <p>Idle cost: the last sender keeps the token for the hold time, then lets it go round once. That is one packet per
 * member and hold time: 3 members at the default 1 s token send 3 packets each 180 ms, 17 a second in all. In a quiet ring, where
 * somebody sends now and then, it lingers likewise, for the linger time.
 */
final class TokenPasser {

    private final Protocol node;
    private final RingView view;
    private final NodeId next;
    private final TokenKeeper keeper;
    private Optional<TotemMessage> sent = Optional.empty();
    private NodeId sentTo;
    private long firstSentAt;

    TokenPasser(Protocol node, RingView view) {
        this.node = node;
        this.view = view;
        this.next = view.nextAfter(node.self);
        this.sentTo = next;
        this.keeper = new TokenKeeper(node.config, node.timers);
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
        send(isLoan ? asking : successor, isLoan ? new TokenLoan(keeper.lent(token), lender) : token, now);
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

    /** Who has it out of turn and has not sent anything yet, as far as this node knows. */
    Optional<NodeId> unansweredBorrower() {
        return sent.filter(TokenLoan.class::isInstance).map(loan -> sentTo);
    }

    /** A ring of one node: the token is passed by keeping it. */
    void passToSelf(Token token, long now, long until) {
        firstSentAt = now;
        keeper.hold(Possession.inTurn(token), until);
    }

    /** Where it stays meanwhile. */
    TokenKeeper keeper() {
        return keeper;
    }

    /** Since then the token has been everywhere when it comes back. */
    long firstSentAt() {
        return firstSentAt;
    }
}
