package dev.ha4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.runtime.Workers.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loop, workers and disk on real threads and files. */
class LocalRuntimeTest {

    @TempDir
    Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final SingleThreadEventLoop loop =
            new SingleThreadEventLoop("test-loop", failure -> log.add("failed " + failure.getMessage()));

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasksRunInOrderAndOutliveAFailure() {
        loop.execute(() -> log.add("1"));
        loop.execute(() -> {
            throw new IllegalStateException("2");
        });
        loop.execute(() -> log.add("3"));
        await().until(() -> log.size() == 3);
        assertThat(log).containsExactly("1", "failed 2", "3");
    }

    @Test
    void timersRunInTheOrderOfTheirTimes() {
        loop.schedule(40_000_000, () -> log.add("late"));
        loop.schedule(20_000_000, () -> log.add("cancelled")).cancel();
        loop.schedule(10_000_000, () -> log.add("early"));
        await().until(() -> log.size() == 2);
        assertThat(log).containsExactly("early", "late");
    }

    @Test
    void aClosedLoopRunsNothing() {
        loop.close();
        loop.execute(() -> log.add("never"));
        assertThat(log).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("test-loop");
    }

    @Test
    void workThatRunsOutOfTimeIsInterruptedAndStaysVisibleUntilItEnds() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ThreadWorkers workers = new ThreadWorkers("test", loop)) {
            Workers.Task task = workers.run(
                    "hang",
                    Duration.ofMillis(20),
                    () -> hang(end, interrupted),
                    outcome -> log.add(outcome.getClass().getSimpleName()));
            await().until(() -> interrupted.getCount() == 0);
            assertThat(log).containsExactly("TimedOut");
            assertThat(task.isRunning()).isTrue();
            end.countDown();
            await().until(() -> !task.isRunning());
            assertThat(log).containsExactly("TimedOut");
        }
    }

    private static boolean hang(CountDownLatch end, CountDownLatch interrupted) {
        while (true) {
            try {
                end.await();
                return true;
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }

    @Test
    void whatWorkThrowsIsItsOutcome() {
        try (ThreadWorkers workers = new ThreadWorkers("test", loop)) {
            workers.run("broken", Duration.ofSeconds(5), LocalRuntimeTest::broken, outcome -> log.add(text(outcome)));
            await().until(() -> !log.isEmpty());
            assertThat(log).containsExactly("failed: no");
        }
    }

    private static boolean broken() throws IOException {
        throw new IOException("no");
    }

    private static String text(Outcome<Boolean> outcome) {
        return outcome instanceof Outcome.Failed<Boolean> failed
                ? "failed: " + failed.error().getMessage()
                : "not failed";
    }

    @Test
    void aDirectoryBelongsToOneNode() throws IOException {
        FileDisk first = FileDisk.open(directory);
        assertThatThrownBy(() -> FileDisk.open(directory)).hasMessageContaining("in use by another node");
        first.close();
        FileDisk.open(directory).close();
    }

    @Test
    void filesKeepWhatWasAppendedReplacedAndCut() throws IOException {
        try (FileDisk disk = FileDisk.open(directory)) {
            disk.append("log", bytes("abc"));
            disk.append("log", bytes("def"));
            disk.truncate("log", 4);
            disk.append("log", bytes("x"));
            disk.force("log");
            disk.append("new", bytes("1"));
            disk.rename("new", "old");
            disk.forceNames();
            assertThat(disk.read("log")).contains(bytes("abcdx"));
            assertThat(disk.read("new")).isEmpty();
            assertThat(disk.list()).containsExactly("log", "old");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
