package dev.ha4j.quorum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stops processes, and lets them run on, without their parents being told, as they are of a SIGSTOP: {@code corosync-vqsim}
 * takes that for the end of a child, and waits for it. Each process is put into a control group of its own.
 */
final class Freezer implements AutoCloseable {

    private static final Path FIRST = Path.of("/sys/fs/cgroup/freezer");
    private static final Path SECOND = Path.of("/sys/fs/cgroup");
    private static final long LIMIT_NANOS = 5_000_000_000L;

    private final Map<Long, Path> groups = new TreeMap<>();

    /** Whether there are control groups of one of the two kinds, and they can be used. */
    static boolean isThere() {
        return Files.isWritable(FIRST.resolve("cgroup.procs")) || Files.isWritable(SECOND.resolve("cgroup.procs"));
    }

    private static boolean isFirstKind() {
        return Files.isDirectory(FIRST);
    }

    /** They stand still when this returns. */
    void freeze(Collection<Long> pids) throws IOException {
        for (long pid : pids) {
            set(pid, true);
        }
    }

    void thaw(Collection<Long> pids) throws IOException {
        for (long pid : pids) {
            set(pid, false);
        }
    }

    private void set(long pid, boolean frozen) throws IOException {
        Path group = group(pid);
        if (isFirstKind()) {
            Files.writeString(group.resolve("freezer.state"), frozen ? "FROZEN" : "THAWED");
            await(group.resolve("freezer.state"), frozen ? "FROZEN" : "THAWED");
        } else {
            Files.writeString(group.resolve("cgroup.freeze"), frozen ? "1" : "0");
            await(group.resolve("cgroup.events"), frozen ? "frozen 1" : "frozen 0");
        }
    }

    private static void await(Path file, String state) throws IOException {
        long begun = System.nanoTime();
        while (!Files.readString(file).contains(state)) {
            if (System.nanoTime() - begun > LIMIT_NANOS) {
                throw new IOException(file + " does not become " + state);
            }
        }
    }

    private Path group(long pid) throws IOException {
        Optional<Path> known = Optional.ofNullable(groups.get(pid));
        if (known.isPresent()) {
            return known.get();
        }
        Path group = (isFirstKind() ? FIRST : SECOND).resolve("ha4j-vqsim-" + pid);
        Files.createDirectories(group);
        Files.writeString(group.resolve("cgroup.procs"), String.valueOf(pid));
        groups.put(pid, group);
        return group;
    }

    /** To be called when the processes have ended. */
    @Override
    public void close() throws IOException {
        for (Path group : groups.values()) {
            long begun = System.nanoTime();
            while (!Files.readString(group.resolve("cgroup.procs")).isEmpty()
                    && System.nanoTime() - begun < LIMIT_NANOS) {
                Thread.onSpinWait();
            }
            Files.delete(group);
        }
    }
}
