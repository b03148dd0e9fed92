package dev.ha4j.resources;

import dev.ha4j.api.config.OperationName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An action while a plan is made: most are made only to be found unnecessary. */
final class Step {

    /** What it becomes in the graph. */
    enum Kind {
        FENCE,
        OPERATE,
        CANCEL,
        CLEAR_FAILURES,
        DISMISS,
        PSEUDO
    }

    final int number;
    final Kind kind;
    final @Nullable NodeModel node;
    final String resource;
    final OperationName operation;
    final long intervalMillis;
    final List<Relation> before = new ArrayList<>(4);
    final List<Relation> after = new ArrayList<>(4);

    @Nullable
    PrimitiveModel leaf;

    String reason;

    /** Whether it has to be done; grows only. */
    boolean required;
    /** Whether it can be done; shrinks only. */
    boolean runnable = true;
    /** Whether it may never be required, as its resource is not to be touched. */
    boolean frozen;
    /** Whether it was ordered before and is not answered yet: what comes after it has to wait for another plan. */
    boolean inFlight;
    /** Whether a fence does it. */
    boolean covered;
    /** Steps that may still be missing before this one, which needs only some of them, can't be done. */
    int spare = Integer.MAX_VALUE;

    Step(
            int number,
            Kind kind,
            @Nullable NodeModel node,
            String resource,
            OperationName operation,
            long intervalMillis,
            String reason) {
        this.number = number;
        this.kind = kind;
        this.node = node;
        this.resource = resource;
        this.operation = operation;
        this.intervalMillis = intervalMillis;
        this.reason = reason;
    }

    Step required(boolean value, String why) {
        if (value && !frozen) {
            required = true;
            reason = reason.isEmpty() ? why : reason;
        }
        return this;
    }

    Step unrunnable(String why) {
        runnable = false;
        reason = why;
        return this;
    }

    /** Whether something is sent for it. */
    boolean isInGraph() {
        return required && runnable;
    }

    boolean isOn(NodeModel other) {
        return node == other;
    }

    @Override
    public String toString() {
        return ClusterModel.lower(operation) + " of " + resource + (node == null ? "" : " on " + node);
    }
}
