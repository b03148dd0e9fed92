package dev.ha4j.controller.storage;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.LogEntry;
import dev.ha4j.runtime.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The log as the loop sees it: what is handed over is written in order, as much at a time as has gathered while the disk was
 * busy, and called back on the loop when it is safe. For the loop.
 */
public final class Journal {

    /** More entries than these waiting for the disk mean that it has failed. */
    public static final int MAX_WAITING = 65_536;

    /** A log that is longer is replaced by a checkpoint. */
    public static final long MAX_LOG_BYTES = 4 << 20;

    private final LogStore store;
    private final Executor diskExecutor;
    private final EventLoop loop;
    private final Consumer<String> failed;
    private List<Work> waiting = new ArrayList<>();
    private final List<Runnable> afterBatch = new ArrayList<>();
    private boolean busy;
    private boolean closed;
    private long logBytes;

    /** Something to be written, and what to run when it is safe. */
    private sealed interface Work {
        Runnable durable();
    }

    private record Entry(byte[] bytes, Runnable durable) implements Work {}

    private record Whole(ClusterState state, Runnable durable) implements Work {}

    /** @param failed hears once, on the loop, that nothing more can be made durable */
    public Journal(LogStore store, Executor diskExecutor, EventLoop loop, Consumer<String> failed) {
        this.store = store;
        this.diskExecutor = diskExecutor;
        this.loop = loop;
        this.failed = failed;
    }

    /** Reads what is on disk, and calls back on the loop. */
    public void open(Consumer<Recovery> found) {
        diskExecutor.execute(() -> {
            Recovery recovery = read();
            loop.execute(() -> found.accept(recovery));
        });
    }

    private Recovery read() {
        try {
            return store.open();
        } catch (IOException e) {
            return new Recovery.Refused("the disk can't be read: " + e);
        }
    }

    public void append(LogEntry entry, Runnable durable) {
        byte[] bytes = LogEntry.CODEC.encode(entry);
        logBytes += bytes.length;
        add(new Entry(bytes, durable));
    }

    /** Begins anew with this state, which replaces all that was appended before. */
    public void checkpoint(ClusterState state, Runnable durable) {
        logBytes = 0;
        add(new Whole(state, durable));
    }

    public boolean isLong() {
        return logBytes > MAX_LOG_BYTES;
    }

    /** Nothing is written or called back any more. */
    public void close() {
        closed = true;
        waiting.clear();
        afterBatch.clear();
    }

    private void add(Work work) {
        if (closed) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            fail("the disk does not keep up");
            return;
        }
        waiting.add(work);
        if (!busy) {
            writeNext();
        }
    }

    private void writeNext() {
        List<Work> batch = waiting;
        waiting = new ArrayList<>();
        busy = true;
        diskExecutor.execute(() -> write(batch));
    }

    private void write(List<Work> batch) {
        try {
            List<byte[]> records = new ArrayList<>();
            for (Work work : batch) {
                if (work instanceof Entry entry) {
                    records.add(entry.bytes());
                } else if (work instanceof Whole whole) {
                    flush(records);
                    store.checkpoint(whole.state());
                }
            }
            flush(records);
            loop.execute(() -> written(batch));
        } catch (IOException e) {
            loop.execute(() -> fail("the disk failed: " + e));
        }
    }

    private void flush(List<byte[]> records) throws IOException {
        if (!records.isEmpty()) {
            store.append(records);
            records.clear();
        }
    }

    private void written(List<Work> batch) {
        busy = false;
        for (Work work : batch) {
            if (!closed) {
                work.durable().run();
            }
        }
        List<Runnable> after = List.copyOf(afterBatch);
        afterBatch.clear();
        after.forEach(Runnable::run);
        if (!closed && !busy && !waiting.isEmpty()) {
            writeNext();
        }
    }

    /** Called from a callback: runs when all callbacks of things that became safe together have run. */
    public void afterBatch(Runnable task) {
        afterBatch.add(task);
    }

    private void fail(String reason) {
        if (!closed) {
            close();
            failed.accept(reason);
        }
    }
}
