package dev.ha4j.totem.netty;

import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.TransitionalConfiguration;

/** Hands everything on, then settles receipts, and notices the ring's end. */
record RingObserver(RingListener listener, Receipts receipts, Runnable onEnd) implements RingListener {

    @Override
    public void delivered(Delivery delivery) {
        listener.delivered(delivery);
        receipts.delivered(delivery);
    }

    @Override
    public void gathering(String reason) {
        listener.gathering(reason);
    }

    @Override
    public void transitional(TransitionalConfiguration configuration) {
        listener.transitional(configuration);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        listener.regular(configuration);
    }

    @Override
    public void tokenVisited(TokenVisit visit) {
        listener.tokenVisited(visit);
    }

    @Override
    public void indeterminate(long submissionId) {
        listener.indeterminate(submissionId);
        receipts.indeterminate(submissionId);
    }

    @Override
    public void left() {
        try {
            listener.left();
        } finally {
            onEnd.run();
        }
    }

    @Override
    public void failed(String reason) {
        try {
            listener.failed(reason);
        } finally {
            onEnd.run();
        }
    }
}
