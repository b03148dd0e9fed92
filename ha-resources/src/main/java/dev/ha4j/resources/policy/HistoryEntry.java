package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.OperationRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The recorded result of one operation. */
final class HistoryEntry {
    static final int OK = 0;
    static final int UNIMPLEMENTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_INSTALLED = 5;
    static final int NOT_CONFIGURED = 6;
    static final int NOT_RUNNING = 7;
    static final int PROMOTED = 8;
    static final int FAILED_PROMOTED = 9;
    static final int UNKNOWN = 193;

    static final int PENDING = -1;
    static final int DONE = 0;
    static final int NOT_SUPPORTED = 3;
    static final int ERROR = 4;
    static final int ERROR_HARD = 5;
    static final int ERROR_FATAL = 6;
    static final int NOT_CONNECTED = 8;
    static final int AGENT_NOT_INSTALLED = 7;
    static final int INVALID = 8;

    private final OperationRecord record;
    final String id;
    final String task;
    final long intervalMillis;
    final int callId;
    final int rawRc;
    final int rawStatus;
    final int expectedRc;
    final long changedSeconds;
    final boolean readable;

    int rc;
    int status;

    /** A monitor whose last result is out of date: the action that runs it has to be scheduled anew. */
    boolean forgetRestartDigest;

    HistoryEntry(OperationRecord record) {
        this.record = record;
        id = record.id();
        task = record.task();
        intervalMillis = record.intervalMillis();
        callId = record.callId();
        rawRc = record.rc();
        rawStatus = record.status();
        expectedRc = record.expectedRc();
        changedSeconds = record.changedSeconds();
        readable = !id.isEmpty()
                && !task.isEmpty()
                && rawStatus >= -1
                && rawStatus <= 11
                && rawStatus != 1
                && rawRc >= 0
                && rawRc <= 255;
        rc = rawRc;
        status = rawStatus;
    }

    private String text(String name) {
        String value = record.get(name);
        return value == null ? "" : value;
    }

    @Nullable
    String get(String name) {
        return record.get(name);
    }

    boolean isProbe() {
        return task.equals(Tasks.MONITOR) && intervalMillis == 0;
    }

    /** A probe that could not look because something is missing there: then the resource does not run there either. */
    boolean isMaskableProbe() {
        return isProbe() && (rawRc == NOT_INSTALLED || rawRc == 2 || rawStatus == AGENT_NOT_INSTALLED);
    }

    boolean isDone() {
        return rawStatus == DONE;
    }

    /** Order in which results came about; 0 if that can't be told. */
    static int compareByTime(HistoryEntry a, HistoryEntry b) {
        boolean sameNode = a.text("on_node").equals(b.text("on_node"));
        if (sameNode && a.id.equals(b.id)) {
            return 0;
        }
        if (a.callId == -1 && b.callId == -1) {
            return 0;
        }
        if (sameNode && a.callId >= 0 && a.callId < b.callId) {
            return -1;
        }
        if (sameNode && b.callId >= 0 && a.callId > b.callId) {
            return 1;
        }
        if (a.callId >= 0 && b.callId >= 0 && (!sameNode || a.callId == b.callId)) {
            boolean known = a.changedSeconds >= 0 && b.changedSeconds >= 0;
            return known ? Long.compare(a.changedSeconds, b.changedSeconds) : 0;
        }
        return comparePending(a, b);
    }

    private static int comparePending(HistoryEntry a, HistoryEntry b) {
        Optional<String[]> left = magic(a);
        Optional<String[]> right = magic(b);
        if (left.isEmpty() || right.isEmpty()) {
            return 0;
        }
        long x = Text.integer(left.get()[1], -1);
        long y = Text.integer(right.get()[1], -1);
        if (!left.get()[3].equals(right.get()[3]) || x == y) {
            return a.callId == -1 ? 1 : b.callId == -1 ? -1 : 0;
        }
        if (x == -1 || y == -1) {
            return x == -1 ? 1 : -1;
        }
        return Long.compare(x, y);
    }

    /** The parts of "status:rc;action:transition:rc:uuid" after the semicolon. */
    private static Optional<String[]> magic(HistoryEntry entry) {
        String text = entry.text("transition-magic");
        int semicolon = text.indexOf(';');
        String[] parts = text.substring(semicolon + 1).split(":", 4);
        return semicolon < 0 || parts.length < 4 ? Optional.empty() : Optional.of(parts);
    }
}
