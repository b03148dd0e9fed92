package dev.ha4j.api;

import java.util.Objects;

/**
 * The result of a monitor.
 *
 * @param status what was found
 * @param reason in words; empty if all is well
 */
public record Health(Status status, String reason) {

    /** What a monitor can find. */
    public enum Status {
        /** In the role in which the cluster left it. */
        AS_EXPECTED,
        /** Active, in the role {@link Role#STARTED} or {@link Role#UNPROMOTED}. */
        RUNNING,
        PROMOTED,
        NOT_RUNNING,
        FAILED
    }

    public static final Health AS_EXPECTED = new Health(Status.AS_EXPECTED, "");
    public static final Health OK = AS_EXPECTED;
    public static final Health RUNNING = new Health(Status.RUNNING, "");
    public static final Health PROMOTED = new Health(Status.PROMOTED, "");
    public static final Health NOT_RUNNING = new Health(Status.NOT_RUNNING, "");

    public Health {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }

    public static Health failed(String reason) {
        return new Health(Status.FAILED, reason);
    }
}
