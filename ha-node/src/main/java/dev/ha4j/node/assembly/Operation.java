package dev.ha4j.node.assembly;

import dev.ha4j.api.Migration;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.runtime.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/** What one call of a resource's method may know, and where it leaves its promotion score. */
final class Operation implements Promotion, Migration {

    private final InstanceName resource;
    private final String node;
    private final SortedMap<String, String> parameters;
    private final String peer;
    private final String reason;
    private final Optional<Term> term;
    private final NanoClock clock;
    private final long deadlineNanos;
    private volatile OptionalInt score = OptionalInt.empty();

    Operation(
            OperationOrder order,
            String node,
            SortedMap<String, String> parameters,
            Optional<Term> term,
            NanoClock clock) {
        this.resource = InstanceName.parse(order.resource());
        this.node = node;
        this.parameters = parameters;
        this.peer = order.peer();
        this.reason = order.reason();
        this.term = term;
        this.clock = clock;
        this.deadlineNanos = clock.nanoTime() + order.timeout().toNanos();
    }

    @Override
    public String resource() {
        return resource.primitive();
    }

    @Override
    public OptionalInt instance() {
        return resource.number();
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanoTime()));
    }

    @Override
    public SortedMap<String, String> parameters() {
        return parameters;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public Term term() {
        return term.orElseThrow(() -> new IllegalStateException(
                resource + " has no term here: it isn't exclusive, or it isn't active on " + node));
    }

    @Override
    public void promotionScore(int newScore) {
        score = OptionalInt.of(newScore);
    }

    OptionalInt score() {
        return score;
    }
}
