package dev.ha4j.api;

/**
 * What the application wants to keep running on exactly one node (or, as a clone, on several). All methods are called on
 * worker threads, one at a time for one resource on one node; they may block until {@link OperationContext#remaining()} is
 * used up and are interrupted then. A thrown exception is a failed operation. Each method has to be idempotent: starting what
 * runs and stopping what is stopped succeed.
 */
public interface Resource {

    /** Starts the resource; returning means that it runs. */
    void start(OperationContext operation) throws Exception;

    /** Stops the resource; returning means that it does nothing any more. A stop that fails leads to fencing of this node. */
    void stop(OperationContext operation) throws Exception;

    /** Looks whether the resource is well; called after start-up (a probe) and at each monitor interval. */
    default Health monitor(OperationContext operation) throws Exception {
        return Health.AS_EXPECTED;
    }
}
