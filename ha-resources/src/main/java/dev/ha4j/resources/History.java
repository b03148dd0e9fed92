package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Replays the records of one primitive on one node. Operations that are under way are taken for done, so that a plan is made
 * for the time after them; what may have happened is taken for done as well, so that a failed start counts as running.
 */
final class History {

    private final List<OperationSpec> operations;
    private final Role baseRole;
    private final Duration failureTimeout;
    private final boolean canFence;
    private final long nowMillis;
    private final Predicate<OperationKey> isCounted;
    private final Optional<OperationName> takesTerm;
    private final LocalState state = new LocalState();

    private long lastStartOrStop;
    private long lastRoleChange;

    History(
            List<OperationSpec> operations,
            Optional<OperationName> takesTerm,
            Duration failureTimeout,
            boolean canFence,
            long nowMillis,
            Predicate<OperationKey> isCounted) {
        this.operations = operations;
        this.baseRole = takesTerm.filter(OperationName.PROMOTE::equals).isPresent() ? Role.UNPROMOTED : Role.STARTED;
        this.failureTimeout = failureTimeout;
        this.canFence = canFence;
        this.nowMillis = nowMillis;
        this.isCounted = isCounted;
        this.takesTerm = takesTerm;
    }

    LocalState replay(List<Map.Entry<OperationKey, OperationRecord>> records) {
        List<Map.Entry<OperationKey, OperationRecord>> byCall = new ArrayList<>(records);
        byCall.sort(Comparator.comparingLong(entry -> entry.getValue().callId()));
        byCall.stream().filter(entry -> entry.getKey().intervalMillis() == 0).forEach(this::once);
        byCall.stream().filter(entry -> entry.getKey().intervalMillis() > 0).forEach(this::recurring);
        byCall.stream().filter(entry -> entry.getValue().isFailed()).forEach(this::last);
        takesTerm.ifPresent(operation -> demandTerm(operation, byCall));
        return state;
    }

    /** What only a monitor knows to be in its exclusive role has no term, and has to begin anew. */
    private void demandTerm(OperationName operation, List<Map.Entry<OperationKey, OperationRecord>> records) {
        boolean exclusive = operation == OperationName.PROMOTE ? state.role == Role.PROMOTED : state.role.isActive();
        boolean ordered = records.stream().anyMatch(entry -> entry.getKey().operation() == operation);
        if (exclusive && !ordered && state.inFlight == null && !state.failed()) {
            state.onFail = OnFail.RESTART;
            state.failure = "it is active without a term";
        }
    }

    /** Timeout of an operation as configured. */
    static Optional<OperationSpec> find(List<OperationSpec> specs, OperationName name, long intervalMillis) {
        return specs.stream()
                .filter(spec -> spec.name() == name && spec.interval().toMillis() == intervalMillis)
                .findFirst();
    }

    private void once(Map.Entry<OperationKey, OperationRecord> entry) {
        OperationKey key = entry.getKey();
        OperationRecord record = entry.getValue();
        if (record.status() == OperationStatus.CANCELLED) {
            return;
        }
        noteCall(key.operation(), record.callId());
        if (record.isPending()) {
            state.inFlight = key.operation();
            if (key.operation() != OperationName.MONITOR) {
                succeed(key.operation());
            }
            return;
        }
        if (key.operation() == OperationName.MONITOR) {
            probed(key, record);
        } else if (record.isFailed()) {
            assumeEffect(key.operation());
            fail(key, record);
        } else {
            succeed(key.operation());
        }
    }

    /** Being stopped, banned or in standby is not over when the resource was stopped, but when the failure is forgotten. */
    private void last(Map.Entry<OperationKey, OperationRecord> entry) {
        OnFail consequence = consequence(entry.getKey());
        boolean lasts = consequence == OnFail.STOP || consequence == OnFail.BAN || consequence == OnFail.STANDBY;
        if (lasts && isCounted.test(entry.getKey()) && !isOld(entry.getValue())) {
            state.lasting = consequence;
            state.failure = state.failure.isEmpty() ? describe(entry.getKey(), entry.getValue()) : state.failure;
        }
    }

    private boolean isOld(OperationRecord record) {
        return !failureTimeout.isZero() && record.lastChangeMillis() + failureTimeout.toMillis() <= nowMillis;
    }

    private void noteCall(OperationName operation, long callId) {
        switch (operation) {
            case START, STOP, MONITOR, MIGRATE_FROM, MIGRATE_TO -> {
                lastStartOrStop = callId;
                lastRoleChange = callId;
            }
            case PROMOTE, DEMOTE -> lastRoleChange = callId;
            default -> {}
        }
    }

    private void succeed(OperationName operation) {
        switch (operation) {
            case START, MIGRATE_FROM -> enter(baseRole);
            case PROMOTE -> enter(Role.PROMOTED);
            case DEMOTE -> enter(Role.UNPROMOTED);
            case STOP, MIGRATE_TO -> enter(Role.STOPPED);
            default -> {}
        }
    }

    private void enter(Role role) {
        state.known = true;
        state.role = role;
        state.onFail = OnFail.IGNORE;
        state.failure = "";
    }

    /**
     * What failed may have been carried out all the same. A demotion that failed is not tried again: the resource is stopped, and
     * a promotion elsewhere waits for that.
     */
    private void assumeEffect(OperationName operation) {
        state.known = true;
        switch (operation) {
            case PROMOTE -> state.role = Role.PROMOTED;
            case DEMOTE -> state.role = Role.UNPROMOTED;
            case START, STOP -> state.role = state.role.isActive() ? state.role : baseRole;
            default -> {}
        }
    }

    private void probed(OperationKey key, OperationRecord record) {
        if (record.status() == OperationStatus.DONE) {
            switch (record.code()) {
                case OK, DEGRADED -> enter(baseRole);
                case RUNNING_PROMOTED, DEGRADED_PROMOTED -> enter(Role.PROMOTED);
                case NOT_RUNNING -> enter(Role.STOPPED);
                case NOT_INSTALLED, UNIMPLEMENTED, INVALID_ARGUMENTS, INSUFFICIENT_PRIVILEGES, NOT_CONFIGURED -> {
                    enter(Role.STOPPED);
                    state.ban = "the probe came back with " + words(record.code());
                }
                default -> failedProbe(key, record);
            }
        } else {
            failedProbe(key, record);
        }
    }

    private void failedProbe(OperationKey key, OperationRecord record) {
        state.known = true;
        state.role = record.code() == ReturnCode.FAILED_PROMOTED ? Role.PROMOTED : baseRole;
        fail(key, record);
    }

    private void recurring(Map.Entry<OperationKey, OperationRecord> entry) {
        OperationKey key = entry.getKey();
        OperationRecord record = entry.getValue();
        Optional<OperationSpec> spec = find(operations, key.operation(), key.intervalMillis());
        boolean ofPromoted = record.expected() == ReturnCode.RUNNING_PROMOTED;
        long since = ofPromoted || spec.flatMap(OperationSpec::role).isPresent() ? lastRoleChange : lastStartOrStop;
        if (record.callId() < since || record.status() == OperationStatus.CANCELLED) {
            return;
        }
        state.recurring.put(key.intervalMillis(), record);
        if (record.isFailed() && !isHealthy(record)) {
            found(record);
            fail(key, record);
        }
    }

    private static boolean isHealthy(OperationRecord record) {
        ReturnCode fine = record.expected() == ReturnCode.OK ? ReturnCode.DEGRADED : ReturnCode.DEGRADED_PROMOTED;
        return record.status() == OperationStatus.DONE && record.code() == fine;
    }

    private void found(OperationRecord record) {
        if (record.status() != OperationStatus.DONE || state.inFlight != null) {
            return;
        }
        if (record.code() == ReturnCode.RUNNING_PROMOTED) {
            state.role = Role.PROMOTED;
        }
    }

    private void fail(OperationKey key, OperationRecord record) {
        OnFail consequence = consequence(key);
        if (consequence == OnFail.IGNORE || isExpired(record, consequence)) {
            return;
        }
        state.onFail = consequence;
        state.failure = describe(key, record);
    }

    private static String describe(OperationKey key, OperationRecord record) {
        boolean late = record.status() == OperationStatus.TIMED_OUT;
        return ClusterModel.lower(key.operation()) + (late ? " timed out" : " failed: " + why(record));
    }

    private static String why(OperationRecord record) {
        return record.exitReason().isEmpty() ? words(record.code()) : record.exitReason();
    }

    private static String words(ReturnCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A stop that failed is never forgotten: what it should have ended may still run. */
    private boolean isExpired(OperationRecord record, OnFail consequence) {
        boolean forgets = consequence == OnFail.RESTART
                || consequence == OnFail.STOP
                || consequence == OnFail.DEMOTE
                || consequence == OnFail.BAN
                || consequence == OnFail.STANDBY;
        return forgets && !state.role.isActive() && isOld(record);
    }

    private OnFail consequence(OperationKey key) {
        OnFail configured = find(operations, key.operation(), key.intervalMillis())
                .map(OperationSpec::onFail)
                .orElse(OnFail.DEFAULT);
        if (key.operation() == OperationName.STOP) {
            boolean fits = configured == OnFail.BLOCK || configured == OnFail.FENCE || configured == OnFail.IGNORE;
            return fits ? configured : canFence ? OnFail.FENCE : OnFail.BLOCK;
        }
        return configured == OnFail.DEFAULT ? OnFail.RESTART : configured;
    }
}
