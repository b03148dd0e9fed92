package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A promotable resource in the making: a primitive, and how it spreads.
 *
 * @param primitive what runs
 * @param options on how many nodes, and how many of them are promoted
 */
public record PromotableSpec(Primitive primitive, CloneOptions options) {

    public PromotableSpec {
        Objects.requireNonNull(primitive, "primitive");
        Objects.requireNonNull(options, "options");
    }

    static PromotableSpec of(String id) {
        return new PromotableSpec(Primitive.of(id), CloneOptions.ONE_PROMOTED);
    }

    /** Instances in the cluster; without this, one on each node. */
    public PromotableSpec instances(int count) {
        return new PromotableSpec(primitive, options.withMax(count));
    }

    /** Instances that are promoted; without this, one. */
    public PromotableSpec promoted(int count) {
        return new PromotableSpec(primitive, options.withPromotedMax(count));
    }

    /** Instances hear of each other's operations, before and after: they are a {@link dev.ha4j.api.NotifiedResource}. */
    public PromotableSpec notified() {
        return new PromotableSpec(primitive, options.withNotifications());
    }

    public PromotableSpec monitorEvery(Duration interval, Role role) {
        return with(it -> it.monitorEvery(interval, role));
    }

    public PromotableSpec operation(OperationSpec operation) {
        return with(it -> it.operation(operation));
    }

    public PromotableSpec requires(ProofLevel level) {
        return with(it -> it.requires(level));
    }

    public PromotableSpec stickiness(int stickiness) {
        return with(it -> it.stickiness(stickiness));
    }

    public PromotableSpec priority(int priority) {
        return with(it -> it.priority(priority));
    }

    public PromotableSpec migrationThreshold(int failures) {
        return with(it -> it.migrationThreshold(failures));
    }

    public PromotableSpec parameter(String name, String value) {
        return with(it -> it.parameter(name, value));
    }

    public PromotableSpec uses(String what, int amount) {
        return with(it -> it.uses(what, amount));
    }

    /** Changes the primitive in any other way. */
    public PromotableSpec with(UnaryOperator<Primitive> change) {
        return new PromotableSpec(change.apply(primitive), options);
    }

    Clone toClone() {
        return Clone.of(primitive, options);
    }
}
