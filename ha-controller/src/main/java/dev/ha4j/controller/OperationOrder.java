package dev.ha4j.controller;

import dev.ha4j.api.Notice;
import dev.ha4j.api.config.OperationName;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An operation that this node shall run.
 *
 * @param callId number of the order, unique while this node lives
 * @param resource name of the primitive (with {@code :n} behind it for an instance of a unique clone)
 * @param operation what to do
 * @param intervalMillis 0 to run it once, else a recurring monitor
 * @param timeout for one run
 * @param token of the term in which the resource starts or is promoted; 0 if it is not exclusive
 * @param parameters what the configuration says to the resource
 * @param peer name of the node where a migration goes to or comes from; empty for anything else
 * @param notice what the resource is to hear, for NOTIFY
 * @param reason why, in words
 */
public record OperationOrder(
        long callId,
        String resource,
        OperationName operation,
        long intervalMillis,
        Duration timeout,
        long token,
        SortedMap<String, String> parameters,
        String peer,
        Optional<Notice> notice,
        String reason) {

    public OperationOrder {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(timeout, "timeout");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(notice, "notice");
        Objects.requireNonNull(reason, "reason");
    }

    /** Without parameters, and no migration. */
    public OperationOrder(
            long callId,
            String resource,
            OperationName operation,
            long intervalMillis,
            Duration timeout,
            long token,
            String reason) {
        this(
                callId,
                resource,
                operation,
                intervalMillis,
                timeout,
                token,
                Collections.emptySortedMap(),
                "",
                Optional.empty(),
                reason);
    }

    /** What is past is heard without having been ordered. */
    static OperationOrder notice(String resource, Duration timeout, Notice notice, String reason) {
        return new OperationOrder(
                0,
                resource,
                OperationName.NOTIFY,
                0,
                timeout,
                0,
                Collections.emptySortedMap(),
                "",
                Optional.of(notice),
                reason);
    }

    /** Whether the resource hears what is past: nobody waits for that. */
    public boolean isNews() {
        return notice.filter(heard -> !heard.isBefore()).isPresent();
    }

    public boolean isRecurring() {
        return intervalMillis > 0;
    }
}
