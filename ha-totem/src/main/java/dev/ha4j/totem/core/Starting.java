package dev.ha4j.totem.core;

/** Waits until the first ring sequences are on disk. */
final class Starting extends State {

    Starting(Protocol node) {
        super(node);
    }

    @Override
    String name() {
        return "starting";
    }

    @Override
    void enter(long now) {
        if (node.reservation.allows(node.reservation.first())) {
            throw new AssertionError("reserved before it was asked for");
        }
        node.awaitReservation(now);
    }

    @Override
    void onReserved(long now) {
        if (node.reservation.allows(node.reservation.first())) {
            node.installFirst(now);
        }
    }
}
