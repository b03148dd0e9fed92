package dev.ha4j.testkit.world;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.TransitionalConfiguration;

/** Writes down what the ring says on its way to the node. */
final class RingTrace implements RingListener {

    private final RingListener node;
    private final Sink sink;

    @FunctionalInterface
    interface Sink {
        void emit(Event event);
    }

    RingTrace(RingListener node, Sink sink) {
        this.node = node;
        this.sink = sink;
    }

    void sent(long submission, byte[] payload) {
        sink.emit(new Event.Sent(submission, digest(payload), payload.length));
    }

    @Override
    public void delivered(Delivery delivery) {
        sink.emit(new Event.Delivered(
                delivery.ring(),
                delivery.sequence(),
                delivery.sender(),
                delivery.submissionId().orElse(0),
                digest(delivery.payload()),
                delivery.guarantee() == DeliveryGuarantee.SAFE,
                delivery.inTransitional()));
        node.delivered(delivery);
    }

    @Override
    public void transitional(TransitionalConfiguration configuration) {
        sink.emit(new Event.TransitionalInstalled(
                configuration.oldRing(),
                configuration.newRing(),
                configuration.members(),
                configuration.left(),
                configuration.leftCleanly()));
        node.transitional(configuration);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        sink.emit(new Event.RegularInstalled(
                configuration.ring(),
                configuration.members(),
                configuration.joined(),
                configuration.left(),
                configuration.leftCleanly()));
        node.regular(configuration);
    }

    @Override
    public void tokenVisited(TokenVisit visit) {
        node.tokenVisited(visit);
    }

    @Override
    public void indeterminate(long submissionId) {
        sink.emit(new Event.Indeterminate(submissionId));
        node.indeterminate(submissionId);
    }

    @Override
    public void left() {
        sink.emit(new Event.RingLeft());
        node.left();
    }

    @Override
    public void failed(String reason) {
        sink.emit(new Event.RingFailed(reason));
        node.failed(reason);
    }

    /** FNV-1a, 64 bits. */
    static long digest(byte[] bytes) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
