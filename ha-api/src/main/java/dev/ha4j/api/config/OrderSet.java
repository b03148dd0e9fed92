package dev.ha4j.api.config;

import java.util.List;
import java.util.Objects;

/**
 * Resources that are ordered together ({@code resource_set} in {@code rsc_order}). For static import.
 *
 * @param resources their names
 * @param action what is done with each: start, stop, promote or demote
 * @param sequential whether each waits for the one before it
 * @param requireAll whether what comes behind needs all of them, or any one
 */
public record OrderSet(List<String> resources, OperationName action, boolean sequential, boolean requireAll) {

    public OrderSet {
        resources = List.copyOf(resources);
        Objects.requireNonNull(action, "action");
    }

    /** One after the other. */
    public static OrderSet inOrder(String... resources) {
        return new OrderSet(List.of(resources), OperationName.START, true, true);
    }

    /** All at the same time; what comes behind waits for all of them. */
    public static OrderSet inParallel(String... resources) {
        return new OrderSet(List.of(resources), OperationName.START, false, true);
    }

    /**
     * All at the same time; what comes behind needs any one of them. One that can't run holds up nothing; those that start are
     * waited for.
     */
    public static OrderSet anyOf(String... resources) {
        return new OrderSet(List.of(resources), OperationName.START, false, false);
    }

    /** They are promoted in this order, instead of started. */
    public OrderSet promoted() {
        return action(OperationName.PROMOTE);
    }

    public OrderSet action(OperationName newAction) {
        return new OrderSet(resources, newAction, sequential, requireAll);
    }
}
