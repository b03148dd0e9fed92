package dev.ha4j.controller.storage;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.LogEntry;
import dev.ha4j.controller.command.Result;
import dev.ha4j.controller.command.StateMachine;
import java.util.List;
import java.util.Optional;

/** Applies a log to the state before it, and trusts nothing that does not fit. */
final class Replay {

    private ClusterState state;

    Replay(ClusterState base) {
        this.state = base;
    }

    ClusterState state() {
        return state;
    }

    /** Why the log does not fit; empty if it does. */
    Optional<String> all(List<byte[]> records) {
        for (byte[] record : records) {
            Optional<String> refusal = one(record);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> one(byte[] record) {
        Decoded<LogEntry> decoded = LogEntry.CODEC.decode(record);
        if (decoded instanceof Decoded.Unknown<LogEntry> unknown) {
            return Optional.of("written by software of another version (" + unknown.kind() + ")");
        }
        if (decoded instanceof Decoded.Value<LogEntry> value) {
            return value.value() instanceof LogEntry.Promised promised
                    ? promised(promised)
                    : applied((LogEntry.Applied) value.value());
        }
        return Optional.of("an entry is not readable");
    }

    private Optional<String> promised(LogEntry.Promised promised) {
        if (!promised.base().equals(state.version())) {
            return Optional.of(
                    "epoch " + promised.epoch() + " is based on " + promised.base() + ", not on " + state.version());
        }
        state = state.change()
                .version(state.version().inEpoch(promised.epoch()))
                .build();
        return Optional.empty();
    }

    private Optional<String> applied(LogEntry.Applied entry) {
        Result result = StateMachine.apply(state, entry.sender(), entry.command());
        if (result instanceof Result.Applied applied
                && applied.state().version().equals(entry.version())) {
            state = applied.state();
            return Optional.empty();
        }
        return Optional.of("the command to " + entry.version() + " does not fit to " + state.version());
    }
}
