package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogStoreTest {

    private static final NodeId A = NodeId.of(1);

    private final MemoryDisk disk = new MemoryDisk();
    private ClusterState state = ClusterState.initial(ControllerFixture.policy(Primitive.of("ledger")));
    private LogStore store = new LogStore(disk);

    @BeforeEach
    void anEpochAndSomeTicks() throws IOException {
        assertThat(store.open()).isInstanceOf(Recovery.Fresh.class);
        store.checkpoint(state);
        store.append(List.of(entry(new LogEntry.Promised(7, state.version()))));
        state = state.change().version(state.version().inEpoch(7)).build();
        write(new StateCommand.OpenEpoch(
                7,
                List.of(new StateCommand.Joiner(
                        A, new Incarnation("m", "b", "d", 1), 1, 1, new TreeSet<>(List.of("ledger")), true))));
        tick(1);
        tick(2);
    }

    @Test
    void whatWasWrittenIsThereAfterACrash() throws IOException {
        disk.crash();

        assertThat(reopened()).isEqualTo(new Recovery.Recovered(state));
    }

    @Test
    void everyTornTailIsCut() throws IOException {
        ClusterState before = state;
        int safe = disk.read("log-1").orElseThrow().length;
        tick(3);
        int full = disk.read("log-1").orElseThrow().length;
        for (int length = safe; length < full; length++) {
            MemoryDisk torn = disk.copy();
            int cut = length;
            torn.damage("log-1", bytes -> Arrays.copyOf(bytes, cut));

            assertThat(new LogStore(torn).open()).isEqualTo(new Recovery.Recovered(before));
            assertThat(torn.read("log-1").orElseThrow()).hasSize(safe);
        }
    }

    @Test
    void whatIsWrittenBehindACutTailIsRead() throws IOException {
        disk.damage("log-1", bytes -> Arrays.copyOf(bytes, bytes.length + 5));
        store = new LogStore(disk);
        store.open();
        tick(3);

        assertThat(reopened()).isEqualTo(new Recovery.Recovered(state));
    }

    @Test
    void damageBeforeGoodRecordsIsNoTornTail() throws IOException {
        disk.damage("log-1", bytes -> flipped(bytes, 20));

        assertThat(reopened()).isInstanceOf(Recovery.Refused.class);
    }

    @Test
    void aBadCheckpointIsReplacedByTheOneBeforeItAndTheLogs() throws IOException {
        store.checkpoint(state);
        tick(4);
        disk.damage("checkpoint-2", bytes -> flipped(bytes, bytes.length / 2));

        assertThat(reopened()).isEqualTo(new Recovery.Recovered(state));
    }

    @Test
    void aTornLogUnderAnotherOneIsRefused() throws IOException {
        store.checkpoint(state);
        tick(4);
        disk.damage("checkpoint-2", bytes -> flipped(bytes, 30));
        disk.damage("log-1", bytes -> Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(reopened()).isInstanceOf(Recovery.Refused.class);
    }

    @Test
    void ifNothingIsGoodTheNodeDoesNotStart() throws IOException {
        disk.damage("checkpoint-1", bytes -> flipped(bytes, 40));
        assertThat(reopened()).isInstanceOf(Recovery.Refused.class);

        disk.lose("checkpoint-1");
        assertThat(reopened()).isInstanceOf(Recovery.Refused.class);
    }

    @Test
    void aPromiseOnAnotherBaseIsRefused() throws IOException {
        store.append(
                List.of(entry(new LogEntry.Promised(9, state.version().next().next()))));

        assertThat(reopened()).isInstanceOf(Recovery.Refused.class);
    }

    @Test
    void anUnfinishedCheckpointDoesNotCount() throws IOException {
        disk.append("checkpoint-2.new", new byte[] {1, 2, 3});

        assertThat(reopened()).isEqualTo(new Recovery.Recovered(state));
        assertThat(disk.list()).doesNotContain("checkpoint-2.new");
    }

    @Test
    void onlyTheLastTwoGenerationsAreKept() throws IOException {
        for (int i = 0; i < 4; i++) {
            store.checkpoint(state);
        }

        assertThat(disk.list()).containsExactly("checkpoint-4", "checkpoint-5");
    }

    @Test
    void bytesOfOtherSoftwareAreRefusedWithAReason() throws IOException {
        store.append(List.of(new byte[] {3, 1, 1}));

        assertThat(reopened())
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.reason()).contains("another version (format 3, newer than 2)"));
    }

    @Test
    void bytesOfOlderSoftwareAreToo() throws IOException {
        store.append(List.of(new byte[] {1, 1, 1}));

        assertThat(reopened())
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("another version (format 1, older than 2)", "log-1"));
    }

    private Recovery reopened() throws IOException {
        return new LogStore(disk).open();
    }

    private void tick(int wallMillis) throws IOException {
        write(new StateCommand.Tick(wallMillis));
    }

    private void write(StateCommand command) throws IOException {
        Result.Applied applied = (Result.Applied) StateMachine.apply(state, A, command);
        state = applied.state();
        store.append(List.of(entry(new LogEntry.Applied(state.version(), A, command))));
    }

    private static byte[] entry(LogEntry entry) {
        return LogEntry.CODEC.encode(entry);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        bytes[at] ^= 0x40;
        return bytes;
    }
}
