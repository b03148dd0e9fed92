package dev.ha4j.api;

/**
 * A right to act for a resource, granted to one node until its lease runs out. All methods may be called from any thread and
 * don't block.
 *
 * <p>A check of {@link #isHeld()} shrinks the gap between the check and the act that follows, and can't close it: the JVM may
 * be paused in between. Only a storage that refuses older tokens, or the fencing of this node, closes it.
 */
public interface Term {

    /** Name of the resource. */
    String resource();

    /**
     * The fencing token: one number for the whole cluster, greater than all granted before, over restarts and power loss.
     * Hand it to the storage with each write, and let the storage refuse a token lower than the highest it has seen.
     */
    long token();

    /** Whether this node may still act; false for ever once it was false for a lapsed lease or a revoked term. */
    boolean isHeld();
}
