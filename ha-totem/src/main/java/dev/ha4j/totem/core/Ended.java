package dev.ha4j.totem.core;

/** The ring is over; nothing happens any more. */
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
