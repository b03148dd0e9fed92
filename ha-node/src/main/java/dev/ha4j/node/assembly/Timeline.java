package dev.ha4j.node.assembly;

import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.api.report.NodeListener;
import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Tells everybody who listens what happens on this node. Any thread. */
final class Timeline {

    /** Events that may wait for one listener; then the oldest are dropped. */
    static final int MAX_WAITING = 1_024;

    /** A listener that takes longer than this for what waits is interrupted. */
    static final Duration LISTENER_TIMEOUT = Duration.ofMinutes(1);

    /** Name of the log that has the timeline too. */
    static final String LOGGER = "dev.ha4j.timeline";

    private final String node;
    private final LongSupplier wallMillis;
    private final Workers workers;
    private final Logger log;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    Timeline(String node, LongSupplier wallMillis, Workers workers, Logger log) {
        this.node = node;
        this.wallMillis = wallMillis;
        this.workers = workers;
        this.log = log;
    }

    AutoCloseable listen(NodeListener listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    void tell(NodeEvent.Kind kind, String text) {
        log.info("[{}] {} {}", node, kind, text);
        NodeEvent event = new NodeEvent(Instant.ofEpochMilli(wallMillis.getAsLong()), node, kind, text);
        subscriptions.forEach(subscription -> subscription.add(event));
    }

    /** One listener and what it has not heard yet. */
    private final class Subscription {

        private final NodeListener listener;
        private final ArrayDeque<NodeEvent> waiting = new ArrayDeque<>();
        private boolean draining;

        Subscription(NodeListener listener) {
            this.listener = listener;
        }

        void add(NodeEvent event) {
            if (mustDrain(event)) {
                workers.run("listener", LISTENER_TIMEOUT, this::drain, outcome -> {});
            }
        }

        private synchronized boolean mustDrain(NodeEvent event) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.remove();
            }
            waiting.add(event);
            boolean idle = !draining;
            draining = true;
            return idle;
        }

        private boolean drain() {
            for (NodeEvent event = next(); event != null; event = next()) {
                tell(event);
            }
            return true;
        }

        private void tell(NodeEvent event) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                log.warn("a listener threw", e);
            }
        }

        private synchronized @Nullable NodeEvent next() {
            NodeEvent event = waiting.poll();
            draining = event != null;
            return event;
        }
    }
}
