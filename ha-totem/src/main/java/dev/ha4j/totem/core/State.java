package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;

/** A protocol state. What a state does not override it ignores. */
abstract sealed class State permits Starting, Gather, Commit, Rotating, Leaving, Ended {

    final Protocol node;

    State(Protocol node) {
        this.node = node;
    }

    abstract String name();

    void enter(long now) {}

    void onToken(Token token, long now) {}

    void onLoan(TokenLoan loan, long now) {}

    void onRegular(NodeId from, RegularMessage message, long now) {}

    void onRecovery(NodeId from, RecoveryMessage message, long now) {}

    void onJoin(JoinMessage join, long now) {}

    void onCommitToken(CommitToken token, long now) {}

    void onMergeDetect(MergeDetect message, long now) {}

    void onHoldCancel(NodeId from, HoldCancel message, long now) {}

    void onTimer(Timers.Name timer, long now) {}

    /** Something was submitted, or may be sent now. */
    void onWorkToDo(long now) {}

    void onReserved(long now) {}

    /** Nodes were added or removed. */
    void onNodesChanged(long now) {}

    /** A peer's host refuses packets, and the fast path is open for it. */
    void onRefused(NodeId peer, long now) {}

    /** A suspect was heard. */
    void onSuspicionRefuted(NodeId peer, long now) {}
}
