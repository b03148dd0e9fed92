package dev.ha4j.node.assembly;

import dev.ha4j.api.Health;
import dev.ha4j.api.Leadership;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.Term;
import java.util.Optional;

/** A leadership as a promotable resource: every candidate stands by, so that a failover is one promotion. */
final class Candidature implements PromotableResource, Leadership {

    static final int FIT = 1;
    /** Still a candidate, after all others. */
    static final int FAILED_BEFORE = 0;

    private final String name;
    private final LeadershipListener listener;
    private final Runnable onClose;
    private volatile Optional<Term> current = Optional.empty();
    /** What the listener was granted and has not let go of; touched by one operation at a time. */
    private volatile Optional<Term> granted = Optional.empty();

    private volatile int fitness = FIT;

    Candidature(String name, LeadershipListener listener, Runnable onClose) {
        this.name = name;
        this.listener = listener;
        this.onClose = onClose;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Term> current() {
        return current;
    }

    @Override
    public void start(OperationContext operation) {
        operation.promotionScore(fitness);
    }

    @Override
    public Health monitor(OperationContext operation) {
        return Health.AS_EXPECTED;
    }

    @Override
    public void promote(Promotion promotion) throws Exception {
        Term term = promotion.term();
        granted = Optional.of(term);
        current = granted;
        fitness = FAILED_BEFORE;
        listener.granted(term);
        fitness = FIT;
    }

    /** A listener that throws is asked again by the next demotion or stop: until it returns, it may still act. */
    @Override
    public void demote(OperationContext operation) throws Exception {
        current = Optional.empty();
        Optional<Term> held = granted;
        if (held.isPresent()) {
            listener.revoked(held.get());
            granted = Optional.empty();
        }
    }

    @Override
    public void stop(OperationContext operation) throws Exception {
        demote(operation);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
