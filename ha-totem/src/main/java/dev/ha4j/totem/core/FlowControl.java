package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.Token;
import java.util.Optional;

/**
 * How many messages a visit may send: the window limits a rotation, the visit limit a node, and while messages are waiting
 * everywhere, each node gets its part of the window by its part of the backlog. The narrowest window that a member
 * advertises travels on the token, the way the lowest all-received-up-to does.
 */
final class FlowControl {

    private final RingConfig config;
    private final NodeId self;
    private int sentLastVisit;
    private int sentOnLoanSince;
    private int backlogLastVisit;

    FlowControl(RingConfig config, NodeId self) {
        this.config = config;
        this.self = self;
    }

    /** Whether more was waiting here when the token was passed on than it took along. */
    boolean leftSomeWaiting() {
        return backlogLastVisit > 0;
    }

    int allowed(Token token, int waiting, int ownWindow, boolean ignoresBackPressure) {
        int window = ignoresBackPressure ? config.flow().windowMessages() : narrowest(token, ownWindow);
        int sentByOthers = Math.max(0, token.sentInRotation() - sentLastVisit);
        int allowed = Math.min(config.flow().messagesPerVisit(), window - sentByOthers);
        long backlog = Math.max(0L, (long) token.backlog() - backlogLastVisit) + waiting;
        if (backlog > window) {
            allowed = (int) Math.min(allowed, Math.max(1, (long) window * waiting / backlog));
        }
        return Math.max(0, Math.min(allowed, waiting));
    }

    /** The same for a visit that goes on, or is out of turn: what this node has sent counts too. */
    int allowedMore(Token token, int waiting, int ownWindow) {
        int left = narrowest(token, ownWindow) - token.sentInRotation();
        int allowed = Math.min(config.flow().messagesPerVisit(), left);
        return Math.max(0, Math.min(allowed, waiting));
    }

    private int narrowest(Token token, int ownWindow) {
        return Math.min(Math.min(config.flow().windowMessages(), token.window()), ownWindow);
    }

    /** The token's counters after this visit, of which {@code sent} and {@code waiting} are this node's part. */
    Counters visited(Token token, int sent, int waiting) {
        int sentInRotation = Math.max(0, token.sentInRotation() - sentLastVisit) + sent;
        sentLastVisit = sentOnLoanSince + sent;
        sentOnLoanSince = 0;
        return counters(token, sentInRotation, waiting);
    }

    /** More was sent while the token was still here. */
    Counters added(Token token, int sent, int waiting) {
        sentLastVisit += sent;
        return counters(token, token.sentInRotation() + sent, waiting);
    }

    /**
     * It was sent out of turn, and counts like what the next visit sends: so all that is sent between two visits of any member is within
     * the window.
     */
    Counters addedOnLoan(Token token, int sent, int waiting) {
        sentOnLoanSince += sent;
        return counters(token, token.sentInRotation() + sent, waiting);
    }

    private Counters counters(Token token, int sentInRotation, int waiting) {
        int backlog = Math.max(0, token.backlog() - backlogLastVisit) + waiting;
        backlogLastVisit = waiting;
        return new Counters(sentInRotation, backlog);
    }

    Window window(Token token, int ownWindow) {
        boolean mine = token.narrowedBy().isEmpty() || token.narrowedBy().get().equals(self);
        if (!mine && ownWindow >= token.window()) {
            return new Window(token.window(), token.narrowedBy());
        }
        Optional<NodeId> narrowedBy = ownWindow < config.flow().windowMessages() ? Optional.of(self) : Optional.empty();
        return new Window(ownWindow, narrowedBy);
    }

    record Counters(int sentInRotation, int backlog) {}

    record Window(int messages, Optional<NodeId> narrowedBy) {}
}
