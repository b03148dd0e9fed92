package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import java.util.Objects;

/**
 * Fencing as all members see it.
 *
 * @param lastId number of the last operation
 * @param open by target
 * @param history by number, the last {@link #MAX_HISTORY}
 */
public record FenceLedger(
        long lastId, PersistentMap<NodeId, FenceOperation> open, PersistentMap<Long, FenceRecord> history) {

    /** Older records are dropped. */
    public static final int MAX_HISTORY = 128;

    public static final FenceLedger NONE = new FenceLedger(0, PersistentMap.empty(), PersistentMap.empty());

    public FenceLedger {
        Objects.requireNonNull(open, "open");
        Objects.requireNonNull(history, "history");
    }

    /** Opens an operation, or replaces the one that is open for this target. */
    public FenceLedger with(FenceOperation operation) {
        return new FenceLedger(Math.max(lastId, operation.id()), open.put(operation.target(), operation), history);
    }

    /** Closes the operation that is open for the target, if any, and keeps the record. */
    public FenceLedger close(FenceRecord record) {
        PersistentMap<Long, FenceRecord> kept = history.put(record.id(), record);
        while (kept.size() > MAX_HISTORY) {
            kept = kept.remove(kept.first().orElseThrow().getKey());
        }
        return new FenceLedger(lastId, open.remove(record.target()), kept);
    }
}
