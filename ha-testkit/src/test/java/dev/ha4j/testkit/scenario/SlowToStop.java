package dev.ha4j.testkit.scenario;

import dev.ha4j.api.OperationContext;
import dev.ha4j.api.Resource;
import java.time.Duration;
import java.util.function.Consumer;

/** Takes its time to stop. */
record SlowToStop(SimulatedCluster cluster, Duration takes, Consumer<String> events) implements Resource {

    @Override
    public void start(OperationContext operation) {}

    @Override
    public void stop(OperationContext operation) throws InterruptedException {
        events.accept("stop begins on " + operation.node());
        try {
            cluster.takes(takes);
        } catch (InterruptedException e) {
            events.accept("stop interrupted on " + operation.node());
            throw e;
        }
        events.accept("stop ends on " + operation.node());
    }
}
