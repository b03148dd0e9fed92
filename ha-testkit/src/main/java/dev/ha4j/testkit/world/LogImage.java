package dev.ha4j.testkit.world;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.LogEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads what the product wrote to a disk as a forensic expert would: by the format in docs/protocol.md, not by its code. */
final class LogImage {

    private static final int MARK = 0x48413466;
    private static final int HEADER_BYTES = 12;

    private LogImage() {}

    /** Whether a file of this name would be read after a loss of power; a checkpoint only when it is in its place. */
    static boolean isInForce(String name) {
        return name.startsWith("log-") || (name.startsWith("checkpoint-") && !name.endsWith(".new"));
    }

    /** The version to which these records lead; the one before if they are not records. */
    static StateVersion newest(byte[] bytes, StateVersion before) {
        StateVersion newest = before;
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length) {
            ByteBuffer header = ByteBuffer.wrap(bytes, at, HEADER_BYTES);
            int mark = header.getInt();
            int length = header.getInt();
            if (mark != MARK || length < 0 || length > bytes.length - at - HEADER_BYTES) {
                return newest;
            }
            at += HEADER_BYTES + length;
            newest = versionOf(Arrays.copyOfRange(bytes, at - length, at), newest);
        }
        return newest;
    }

    private static StateVersion versionOf(byte[] record, StateVersion before) {
        if (LogEntry.CODEC.decode(record) instanceof Decoded.Value<LogEntry> entry) {
            return entry.value() instanceof LogEntry.Promised promised
                    ? promised.base().inEpoch(promised.epoch())
                    : ((LogEntry.Applied) entry.value()).version();
        }
        return LogEntry.CHECKPOINT.decode(record) instanceof Decoded.Value<LogEntry.Checkpoint> whole
                ? whole.value().state().version()
                : before;
    }
}
