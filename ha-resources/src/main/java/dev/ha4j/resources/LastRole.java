package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import java.util.List;
import java.util.Map;

/**
 * The highest role in which a resource may be on a node, read from its operation history: a doubt counts as active. Pure; for
 * any thread.
 */
public enum LastRole {
    /** There is no history. */
    UNKNOWN,
    STOPPED,
    /** It was let go to another node: it does nothing any more that only one may do, and has to be stopped all the same. */
    HANDED_OVER,
    STARTED,
    PROMOTED;

    /** The role after the last run that is known, in the order in which runs were ordered. */
    public static LastRole of(ClusterState state, NodeId node, String resource) {
        return of(state.runs(node, resource));
    }

    /** @param runs of one resource on one node, in the order in which they were ordered */
    static LastRole of(List<Map.Entry<OperationKey, OperationRecord>> runs) {
        LastRole role = UNKNOWN;
        for (Map.Entry<OperationKey, OperationRecord> run : runs) {
            role = role.after(run);
        }
        return role;
    }

    private LastRole after(Map.Entry<OperationKey, OperationRecord> run) {
        OperationName operation = run.getKey().operation();
        OperationRecord record = run.getValue();
        boolean done = record.status() == OperationStatus.DONE;
        return switch (operation) {
            case START, MIGRATE_FROM -> atLeast(STARTED);
            case PROMOTE -> PROMOTED;
            case STOP -> done && isOver(record.code()) ? STOPPED : notStopped();
            case DEMOTE -> done ? afterDemote(record.code()) : PROMOTED;
            case MONITOR -> done ? afterMonitor(record.code()) : unsureUnlessProbed(record);
            case MIGRATE_TO -> isHandedOver(record) ? HANDED_OVER : this;
            case NOTIFY, RELOAD -> this;
        };
    }

    /** Whether the one side has let go for sure: nothing less lets the other begin. */
    private static boolean isHandedOver(OperationRecord record) {
        return record.status() == OperationStatus.DONE && record.code() == ReturnCode.OK;
    }

    private LastRole afterDemote(ReturnCode code) {
        return switch (code) {
            case OK -> STARTED;
            case NOT_RUNNING -> STOPPED;
            default -> PROMOTED;
        };
    }

    private LastRole afterMonitor(ReturnCode code) {
        return switch (code) {
            case OK, DEGRADED -> STARTED;
            case RUNNING_PROMOTED, FAILED_PROMOTED, DEGRADED_PROMOTED -> PROMOTED;
            case NOT_RUNNING -> STOPPED;
            default -> unsure();
        };
    }

    private static boolean isOver(ReturnCode code) {
        return code == ReturnCode.OK || code == ReturnCode.NOT_RUNNING;
    }

    private LastRole atLeast(LastRole role) {
        return compareTo(role) < 0 ? role : this;
    }

    /** What could not be seen to end may be anything that it was, and is active if nothing is known. */
    private LastRole unsure() {
        return this == UNKNOWN ? PROMOTED : this;
    }

    /** What was to be stopped was active, even where the record of its start has given way to a later one that was cancelled. */
    private LastRole notStopped() {
        return this == STARTED ? STARTED : PROMOTED;
    }

    private LastRole unsureUnlessProbed(OperationRecord record) {
        return record.isPending() ? this : unsure();
    }
}
