package dev.ha4j.api.state;

/**
 * How often an operation failed on a node since the count was last cleared.
 *
 * @param count 1,000,000 stands for infinitely often
 * @param lastFailureMillis wall time of the designated controller, milliseconds since 1970
 */
public record FailCount(int count, long lastFailureMillis) {}
