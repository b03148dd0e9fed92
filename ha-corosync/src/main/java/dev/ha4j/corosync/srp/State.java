package dev.ha4j.corosync.srp;

/** One of the protocol's states: what it does with each input. Unless it says otherwise, nothing. */
abstract class State {

    final Protocol node;

    State(Protocol node) {
        this.node = node;
    }

    abstract String name();

    abstract void enter(long now);

    void onToken(Token token, long now) {}

    void onOrdered(OrderedMessage message, long now) {}

    void onJoin(JoinMessage join, long now) {}

    void onCommitToken(CommitToken token, long now) {}

    void onMergeDetect(MergeDetect message, long now) {}

    void onHoldCancel(HoldCancel message, long now) {}

    void onTimer(Timers.Name timer, long now) {}

    void onReserved(long now) {}

    void onWorkToDo(long now) {}
}
