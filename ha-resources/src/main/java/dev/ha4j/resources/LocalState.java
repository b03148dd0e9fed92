package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.OperationRecord;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the history says of one primitive on one node. Written by {@link History} alone. */
final class LocalState {

    /** Nothing is known. */
    static final LocalState UNKNOWN = new LocalState();

    /** Its role, taking operations that are under way for done. */
    Role role = Role.STOPPED;
    /** Whether it was ever looked at or started here. */
    boolean known;
    /** The operation that is under way. */
    @Nullable
    OperationName inFlight;
    /** What its failure leads to; {@link OnFail#IGNORE} if nothing failed. */
    OnFail onFail = OnFail.IGNORE;
    /** What a failure leads to for as long as it is counted, even after the resource was stopped. */
    OnFail lasting = OnFail.IGNORE;
    /** What failed, in words. */
    String failure = "";
    /** Whether it may not run here for what an operation came back with. */
    String ban = "";

    /** Recurring monitors that run here, by interval. */
    final SortedMap<Long, OperationRecord> recurring = new TreeMap<>();

    boolean failed() {
        return onFail != OnFail.IGNORE;
    }
}
