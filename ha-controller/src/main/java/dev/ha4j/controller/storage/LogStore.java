package dev.ha4j.controller.storage;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.LogEntry;
import dev.ha4j.runtime.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files: generation n is {@code checkpoint-n}, a whole state, and {@code log-n}, what was applied since. A new generation
 * is written beside the old one and renamed into place; the old one is kept until the next. Blocking; for the disk's thread.
 *
 * <p>Rules: a torn tail of the last log is cut; a bad record with a good one behind it is no torn tail, and refused; a bad
 * checkpoint is replaced by the generation before it and all logs since; if nothing is good, the node does not start.
 */
public final class LogStore {

    private static final String CHECKPOINT = "checkpoint-";
    private static final String LOG = "log-";
    private static final String UNFINISHED = ".new";

    /** What to do when files can't be trusted. */
    private static final String REMEDY =
            ". Keep the directory for a look, and start with an empty state directory: the node"
                    + " then takes the state from the others. One node at a time: an empty disk remembers nothing";

    private final Disk disk;
    private long generation;
    private long logGeneration = -1;

    public LogStore(Disk disk) {
        this.disk = disk;
    }

    /** Reads what is there, and repairs a torn tail. */
    public Recovery open() throws IOException {
        dropUnfinished();
        NavigableSet<Long> checkpoints = generations(CHECKPOINT);
        NavigableSet<Long> logs = generations(LOG);
        if (checkpoints.isEmpty()) {
            return logs.isEmpty()
                    ? new Recovery.Fresh()
                    : new Recovery.Refused("there are logs, but no checkpoint: files are missing" + REMEDY);
        }
        generation = Math.max(checkpoints.last(), logs.isEmpty() ? 0 : logs.last());
        return recover(checkpoints, logs);
    }

    private Recovery recover(NavigableSet<Long> checkpoints, NavigableSet<Long> logs) throws IOException {
        List<String> bad = new ArrayList<>();
        for (long candidate : checkpoints.descendingSet()) {
            Decoded<LogEntry.Checkpoint> read = readCheckpoint(candidate);
            if (read instanceof Decoded.Unknown<LogEntry.Checkpoint> unknown) {
                return new Recovery.Refused(CHECKPOINT + candidate + " was written by software of another version ("
                        + unknown.kind() + "): start that, or take an empty state directory, on one node at a time");
            }
            if (read instanceof Decoded.Value<LogEntry.Checkpoint> good) {
                return replay(good.value().state(), new TreeSet<>(logs.tailSet(candidate)));
            }
            bad.add(CHECKPOINT + candidate);
        }
        return new Recovery.Refused("no checkpoint is good: " + String.join(", ", bad) + REMEDY);
    }

    private Decoded<LogEntry.Checkpoint> readCheckpoint(long number) throws IOException {
        Frames.Content content = Frames.read(contentOf(CHECKPOINT + number));
        return content.isWhole() && content.records().size() == 1
                ? LogEntry.CHECKPOINT.decode(content.records().get(0))
                : new Decoded.Garbage<>("checksum");
    }

    private Recovery replay(ClusterState base, NavigableSet<Long> logs) throws IOException {
        Replay replay = new Replay(base);
        for (long number : logs) {
            Frames.Content content = Frames.read(contentOf(LOG + number));
            boolean isLast = number == logs.last();
            if (!content.isWhole() && (!isLast || content.goodAfterBad())) {
                return new Recovery.Refused(LOG + number + " is damaged at byte " + content.goodBytes() + REMEDY);
            }
            Optional<String> refusal = replay.all(content.records());
            if (refusal.isPresent()) {
                return new Recovery.Refused(LOG + number + ": " + refusal.get() + REMEDY);
            }
            if (!content.isWhole()) {
                disk.truncate(LOG + number, content.goodBytes());
                disk.force(LOG + number);
            }
        }
        return new Recovery.Recovered(replay.state());
    }

    /** Writes records behind those before; they are safe when this returns. */
    public void append(List<byte[]> records) throws IOException {
        String name = LOG + generation;
        boolean isNew = logGeneration != generation;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] record : records) {
            bytes.writeBytes(Frames.frame(record));
        }
        disk.append(name, bytes.toByteArray());
        disk.force(name);
        if (isNew) {
            disk.forceNames();
            logGeneration = generation;
        }
    }

    /** Begins a new generation with this state; it is safe when this returns. */
    public void checkpoint(ClusterState state) throws IOException {
        long next = generation + 1;
        String name = CHECKPOINT + next;
        disk.delete(name + UNFINISHED);
        disk.append(name + UNFINISHED, Frames.frame(LogEntry.CHECKPOINT.encode(new LogEntry.Checkpoint(state))));
        disk.force(name + UNFINISHED);
        disk.rename(name + UNFINISHED, name);
        disk.forceNames();
        dropBefore(generation);
        generation = next;
    }

    private void dropBefore(long kept) throws IOException {
        for (String prefix : List.of(CHECKPOINT, LOG)) {
            for (long old : generations(prefix).headSet(kept)) {
                disk.delete(prefix + old);
            }
        }
    }

    private void dropUnfinished() throws IOException {
        for (String name : disk.list()) {
            if (name.startsWith(CHECKPOINT) && name.endsWith(UNFINISHED)) {
                disk.delete(name);
            }
        }
    }

    private NavigableSet<Long> generations(String prefix) throws IOException {
        TreeSet<Long> numbers = new TreeSet<>();
        for (String name : disk.list()) {
            if (name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]{1,18}")) {
                numbers.add(Long.parseLong(name.substring(prefix.length())));
            }
        }
        return numbers;
    }

    private byte[] contentOf(String name) throws IOException {
        return disk.read(name).orElse(new byte[0]);
    }
}
