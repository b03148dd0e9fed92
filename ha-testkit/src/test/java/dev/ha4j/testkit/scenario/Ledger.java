package dev.ha4j.testkit.scenario;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Term;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Resources as users write them. */
final class Ledger {

    private Ledger() {}

    /** Does its duty, and writes nothing by itself. */
    static final class Quiet implements Resource {
        private boolean running;

        @Override
        public void start(OperationContext operation) {
            running = true;
        }

        @Override
        public void stop(OperationContext operation) {
            running = false;
        }

        @Override
        public Health monitor(OperationContext operation) {
            return running ? Health.RUNNING : Health.NOT_RUNNING;
        }
    }

    /** Writes an entry each 50 ms while it runs. */
    static class Writing implements Resource {
        private final SimulatedStorage storage;
        private final ScheduledExecutorService scheduler;
        private ScheduledFuture<?> writing;

        Writing(SimulatedCluster cluster) {
            storage = cluster.storage("ledger");
            scheduler = cluster.scheduler();
        }

        @Override
        public void start(OperationContext operation) {
            Term term = operation.term();
            writing = scheduler.scheduleAtFixedRate(() -> write(term), 0, 50, TimeUnit.MILLISECONDS);
        }

        @Override
        public Health monitor(OperationContext operation) {
            return writing == null || writing.isDone() ? Health.NOT_RUNNING : Health.RUNNING;
        }

        void write(Term term) {
            if (term.isHeld()) {
                storage.write(term);
            }
        }

        @Override
        public void stop(OperationContext operation) throws InterruptedException {
            scheduler.shutdownNow();
            if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still writing");
            }
        }

        SimulatedStorage storage() {
            return storage;
        }
    }

    /** Forgets to stop writing, and to ask whether it may. */
    static final class Stubborn extends Writing {

        Stubborn(SimulatedCluster cluster) {
            super(cluster);
        }

        @Override
        void write(Term term) {
            storage().write(term);
        }

        @Override
        public void stop(OperationContext operation) {}
    }

    /** Leads where it is promoted. */
    static final class Database implements PromotableResource {
        private Health role = Health.NOT_RUNNING;

        @Override
        public void start(OperationContext operation) {
            role = Health.RUNNING;
        }

        @Override
        public void stop(OperationContext operation) {
            role = Health.NOT_RUNNING;
        }

        @Override
        public void promote(Promotion promotion) {
            role = Health.PROMOTED;
        }

        @Override
        public void demote(OperationContext operation) {
            role = Health.RUNNING;
        }

        @Override
        public Health monitor(OperationContext operation) {
            operation.promotionScore(operation.node().equals("b") ? 100 : 10);
            return role;
        }
    }
}
