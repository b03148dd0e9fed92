package dev.ha4j.api;

/**
 * A resource that runs on several nodes, and wants to hear what becomes of its peers ({@link
 * dev.ha4j.api.config.CloneOptions#withNotifications}). What is heard before an operation is an intention: the operation waits until all
 * who run have answered, or have been given up, and may come to nothing after that. What is heard after it is a fact.
 */
public interface NotifiedResource extends Resource {

    /**
     * Hears a notice: on a worker thread, never while another operation of this resource runs here, and in the order in which things
     * happened. Who is slow hears of several things in one notice after.
     *
     * <p>One that throws is given up, and one that takes longer than its timeout (that of an operation NOTIFY, else the cluster's
     * default) is interrupted and given up: the log says so and why, it delays the operation that waits for it, and prevents nothing. A
     * notice after is interrupted too when this instance is to be demoted or stopped.
     *
     * @param notice what will be done, or was
     * @param operation of this call: its deadline, and parameters
     */
    void notified(Notice notice, OperationContext operation) throws Exception;
}
