package dev.ha4j.node.assembly;

import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Monitors that recur until they are cancelled, and tell only what differs from what they told last. */
final class RecurringMonitors {

    private final EventLoop loop;
    private final BiConsumer<OperationOrder, Consumer<OperationOutcome>> run;
    private final Map<Key, Recurring> recurring = new TreeMap<>();

    private record Key(String resource, long intervalMillis) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byName = resource.compareTo(other.resource);
            return byName != 0 ? byName : Long.compare(intervalMillis, other.intervalMillis);
        }
    }

    RecurringMonitors(EventLoop loop, BiConsumer<OperationOrder, Consumer<OperationOutcome>> run) {
        this.loop = loop;
        this.run = run;
    }

    void begin(OperationOrder order, Consumer<OperationOutcome> done) {
        cancel(order.resource(), order.intervalMillis());
        Recurring monitor = new Recurring(order, done);
        recurring.put(new Key(order.resource(), order.intervalMillis()), monitor);
        monitor.fire();
    }

    void cancel(String resource, long intervalMillis) {
        Recurring present = recurring.remove(new Key(resource, intervalMillis));
        if (present != null) {
            present.cancel();
        }
    }

    void cancelAll(String resource) {
        recurring.entrySet().removeIf(entry -> {
            boolean matches = entry.getKey().resource().equals(resource);
            if (matches) {
                entry.getValue().cancel();
            }
            return matches;
        });
    }

    private final class Recurring {

        private final OperationOrder order;
        private final Consumer<OperationOutcome> done;
        private Timer timer = () -> {};
        private @Nullable OperationOutcome told;
        private boolean cancelled;

        Recurring(OperationOrder order, Consumer<OperationOutcome> done) {
            this.order = order;
            this.done = done;
        }

        void fire() {
            if (!cancelled) {
                run.accept(order, this::ended);
            }
        }

        private void ended(OperationOutcome outcome) {
            if (cancelled || outcome.status() == OperationStatus.CANCELLED) {
                return;
            }
            timer = loop.schedule(order.intervalMillis() * 1_000_000, this::fire);
            if (told == null || differs(told, outcome)) {
                told = outcome;
                done.accept(outcome);
            }
        }

        private static boolean differs(OperationOutcome before, OperationOutcome now) {
            return before.status() != now.status()
                    || before.code() != now.code()
                    || !before.promotionScore().equals(now.promotionScore());
        }

        void cancel() {
            cancelled = true;
            timer.cancel();
        }
    }
}
