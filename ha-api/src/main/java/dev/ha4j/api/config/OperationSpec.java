package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an operation of a resource is run ({@code op}).
 *
 * @param name which operation
 * @param interval time between two runs; zero for one that is run when needed
 * @param timeout after which it has failed; empty for the cluster's default
 * @param role in which a recurring operation is run; empty for the roles up to unpromoted
 * @param onFail what its failure leads to
 * @param enabled whether it is run at all
 */
public record OperationSpec(
        OperationName name,
        Duration interval,
        Optional<Duration> timeout,
        Optional<Role> role,
        OnFail onFail,
        boolean enabled) {

    public OperationSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(onFail, "onFail");
    }

    public static OperationSpec of(OperationName name) {
        return new OperationSpec(name, Duration.ZERO, Optional.empty(), Optional.empty(), OnFail.DEFAULT, true);
    }

    public static OperationSpec monitorEvery(Duration interval) {
        return of(OperationName.MONITOR).every(interval);
    }

    public OperationSpec every(Duration newInterval) {
        return new OperationSpec(name, newInterval, timeout, role, onFail, enabled);
    }

    public OperationSpec timeout(Duration newTimeout) {
        return new OperationSpec(name, interval, Optional.of(newTimeout), role, onFail, enabled);
    }

    public OperationSpec inRole(Role newRole) {
        return new OperationSpec(name, interval, timeout, Optional.of(newRole), onFail, enabled);
    }

    public OperationSpec onFail(OnFail newOnFail) {
        return new OperationSpec(name, interval, timeout, role, newOnFail, enabled);
    }

    public boolean isRecurring() {
        return !interval.isZero();
    }
}
