package dev.ha4j.resources;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.resources.Relation.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All steps of a plan, in the order in which they were made. */
final class Steps {

    final List<Step> all = new ArrayList<>();

    Step add(Step.Kind kind, @Nullable NodeModel node, String resource, OperationName operation, String reason) {
        Step step = make(kind, node, resource, operation, 0, "");
        return step.required(true, reason);
    }

    Step pseudo(String name) {
        return make(Step.Kind.PSEUDO, null, name, OperationName.NOTIFY, 0, "");
    }

    /** A step of a primitive; a second one of the same kind on the same node is the first. */
    Step of(PrimitiveModel leaf, @Nullable NodeModel node, OperationName operation) {
        return find(leaf, node, operation, 0).orElseGet(() -> of(leaf, node, Step.Kind.OPERATE, operation, 0));
    }

    Step of(
            PrimitiveModel leaf,
            @Nullable NodeModel node,
            Step.Kind kind,
            OperationName operation,
            long intervalMillis) {
        Step step = make(kind, node, leaf.name(), operation, intervalMillis, "");
        step.leaf = leaf;
        leaf.steps.add(step);
        return step;
    }

    static Optional<Step> find(PrimitiveModel leaf, @Nullable NodeModel node, OperationName operation, long interval) {
        return leaf.steps.stream()
                .filter(step -> step.kind == Step.Kind.OPERATE
                        && step.node == node
                        && step.operation == operation
                        && step.intervalMillis == interval)
                .findFirst();
    }

    static List<Step> all(PrimitiveModel leaf, OperationName operation) {
        return leaf.steps.stream()
                .filter(step ->
                        step.kind == Step.Kind.OPERATE && step.operation == operation && step.intervalMillis == 0)
                .toList();
    }

    private Step make(
            Step.Kind kind,
            @Nullable NodeModel node,
            String resource,
            OperationName operation,
            long intervalMillis,
            String reason) {
        Step step = new Step(all.size(), kind, node, resource, operation, intervalMillis, reason);
        all.add(step);
        return step;
    }

    static void relate(Step first, Step then, Effect effect, Effect... more) {
        if (first == then) {
            return;
        }
        Relation relation = new Relation(first, then, EnumSet.of(effect, more));
        first.after.add(relation);
        then.before.add(relation);
    }
}
