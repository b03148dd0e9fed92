package dev.ha4j.controller.codec;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.command.StateCommand;

/** What a log holds. */
public sealed interface LogEntry {

    Codec<LogEntry> CODEC = LogCodecs.ENTRY;
    Codec<Checkpoint> CHECKPOINT = LogCodecs.CHECKPOINT;

    /** A command that was applied, and the version to which it led. */
    record Applied(StateVersion version, NodeId sender, StateCommand command) implements LogEntry {}

    /** The promise to follow an epoch, and the version of the state that is its base. */
    record Promised(long epoch, StateVersion base) implements LogEntry {}

    /** A whole state. */
    record Checkpoint(ClusterState state) {}
}
