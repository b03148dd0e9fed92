package dev.ha4j.corosync.srp;

/** The ring is over. */
final class Ended extends State {

    Ended(Protocol node) {
        super(node);
    }

    @Override
    String name() {
        return "ended";
    }

    @Override
    void enter(long now) {
        node.timers.clear();
    }
}
