package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.LogEntry;
import dev.ha4j.controller.command.Result;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateMachine;
import dev.ha4j.controller.storage.LogStore;
import dev.ha4j.controller.storage.Recovery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every place at which the files can be damaged: what is read is right, or the node refuses and says what to do. */
final class LogDamageTest {

    private static final NodeId A = NodeId.of(1);

    private final MemoryDisk disk = new MemoryDisk();
    private final List<ClusterState> states = new ArrayList<>();
    private ClusterState state = ClusterState.initial(ControllerFixture.policy(Primitive.of("ledger")));
    private LogStore store = new LogStore(disk);

    @BeforeEach
    void threeTicks() throws IOException {
        store.open();
        store.checkpoint(state);
        store.append(List.of(LogEntry.CODEC.encode(new LogEntry.Promised(7, state.version()))));
        state = state.change().version(state.version().inEpoch(7)).build();
        write(new StateCommand.OpenEpoch(
                7,
                List.of(new StateCommand.Joiner(
                        A, new Incarnation("m", "b", "d", 1), 1, 1, new TreeSet<>(List.of("ledger")), true))));
        write(new StateCommand.Tick(1));
        write(new StateCommand.Tick(2));
    }

    @Test
    void aFlippedBitBeforeTheLastRecordIsRefusedWithTheFileAndTheRemedy() throws IOException {
        int lastBegins = lengthBeforeLast();
        for (int at = 0; at < lastBegins; at++) {
            assertThat(openedWith("log-1", at))
                    .as("byte " + at)
                    .isInstanceOfSatisfying(
                            Recovery.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("log-1", "damaged at byte", "empty state directory"));
        }
    }

    /** It can't be told from a write that was under way when the power failed. */
    @Test
    void aFlippedBitInTheLastRecordCutsIt() throws IOException {
        int length = disk.read("log-1").orElseThrow().length;
        for (int at = lengthBeforeLast(); at < length; at++) {
            assertThat(openedWith("log-1", at))
                    .as("byte " + at)
                    .isEqualTo(new Recovery.Recovered(states.get(states.size() - 2)));
        }
    }

    @Test
    void aFlippedBitInTheNewestCheckpointMakesTheOneBeforeItCount() throws IOException {
        store.checkpoint(state);
        write(new StateCommand.Tick(3));
        int length = disk.read("checkpoint-2").orElseThrow().length;
        for (int at = 0; at < length; at++) {
            assertThat(openedWith("checkpoint-2", at)).as("byte " + at).isEqualTo(new Recovery.Recovered(state));
        }
    }

    @Test
    void ifAllCheckpointsAreBadTheNodeRefusesAndNamesThem() throws IOException {
        store.checkpoint(state);
        disk.damage("checkpoint-1", bytes -> flipped(bytes, 20));
        assertThat(openedWith("checkpoint-2", 30))
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("checkpoint-2", "checkpoint-1", "empty state directory"));
    }

    @Test
    void aCheckpointOfNewerSoftwareIsRefusedByName() throws IOException {
        byte[] newer = LogEntry.CHECKPOINT.encode(new LogEntry.Checkpoint(state));
        newer[0] = 99;
        disk.append("checkpoint-9", framed(newer));

        assertThat(new LogStore(disk).open())
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("checkpoint-9", "another version (format 99, newer than 2)"));
    }

    @Test
    void aFullDiskLosesNothingThatWasSafe() throws IOException {
        int record = disk.read("log-1").orElseThrow().length - lengthBeforeLast();
        for (int room = 0; room < record; room++) {
            MemoryDisk full = disk.copy();
            full.roomFor(room);
            LogStore failing = new LogStore(full);
            failing.open();
            byte[] entry =
                    LogEntry.CODEC.encode(new LogEntry.Applied(state.version().next(), A, new StateCommand.Tick(9)));
            assertThatThrownBy(() -> failing.append(List.of(entry))).isInstanceOf(IOException.class);
            full.roomFor(Integer.MAX_VALUE);

            assertThat(new LogStore(full).open()).as("room " + room).isEqualTo(new Recovery.Recovered(state));
        }
    }

    @Test
    void aFullDiskLeavesTheOldCheckpoint() throws IOException {
        disk.roomFor(10);
        assertThatThrownBy(() -> store.checkpoint(state)).isInstanceOf(IOException.class);
        disk.roomFor(Integer.MAX_VALUE);

        assertThat(new LogStore(disk).open()).isEqualTo(new Recovery.Recovered(state));
    }

    private int lengthBeforeLast() throws IOException {
        byte[] last = LogEntry.CODEC.encode(new LogEntry.Applied(state.version(), A, new StateCommand.Tick(2)));
        return disk.read("log-1").orElseThrow().length - framed(last).length;
    }

    /** A record as the store frames it. */
    private static byte[] framed(byte[] record) throws IOException {
        MemoryDisk scratch = new MemoryDisk();
        LogStore writer = new LogStore(scratch);
        writer.append(List.of(record));
        return scratch.read("log-0").orElseThrow();
    }

    private Recovery openedWith(String file, int damagedAt) throws IOException {
        MemoryDisk damaged = disk.copy();
        damaged.damage(file, bytes -> flipped(bytes, damagedAt));
        return new LogStore(damaged).open();
    }

    private void write(StateCommand command) throws IOException {
        Result.Applied applied = (Result.Applied) StateMachine.apply(state, A, command);
        state = applied.state();
        states.add(state);
        store.append(List.of(LogEntry.CODEC.encode(new LogEntry.Applied(state.version(), A, command))));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        bytes[at] ^= 0x40;
        return bytes;
    }
}
