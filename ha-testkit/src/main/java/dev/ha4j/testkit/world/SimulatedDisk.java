package dev.ha4j.testkit.world;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.runtime.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory as the operating system shows it, and beside it what is really on the platter. A force takes time; what was
 * not forced when the power fails survives as a random prefix, the last write torn.
 */
final class SimulatedDisk implements Disk {

    /** Names and contents, changed by operations whose safety may still be pending. */
    private final List<Pending> pending = new ArrayList<>();

    private final VirtualTime time;
    private final SplittableRandom random;
    private TreeMap<String, Inode> names = new TreeMap<>();
    private TreeMap<String, Inode> safeNames = new TreeMap<>();
    private long forceNanos;
    private boolean failing;
    private boolean failingForces;
    private int tornTails;
    private StateVersion persisted = StateVersion.NONE;
    private Consumer<StateVersion> persistedListener = version -> {};

    SimulatedDisk(VirtualTime time, SplittableRandom random, long forceNanos) {
        this.time = time;
        this.random = random;
        this.forceNanos = forceNanos;
    }

    /** What a force takes from now on, at most; half of it at least. */
    void forceTakes(long nanos) {
        forceNanos = nanos;
    }

    long forceNanos() {
        return forceNanos;
    }

    /** Whether writes and forces throw from now on. */
    void failing(boolean value) {
        failing = value;
    }

    /** Whether forces throw from now on, after their time; what was written is there until the power fails. */
    void failingForces(boolean value) {
        failingForces = value;
    }

    /** Hears what a loss of power would leave, whenever that becomes newer. */
    void onPersisted(Consumer<StateVersion> listener) {
        persistedListener = listener;
    }

    void wipe() {
        persisted = StateVersion.NONE;
        names = new TreeMap<>();
        safeNames = new TreeMap<>();
        pending.clear();
    }

    /** How often a crash has left half a write since this was last asked. */
    int takeTornTails() {
        int taken = tornTails;
        tornTails = 0;
        return taken;
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(names.get(name)).map(inode -> inode.content.clone());
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        mayWrite();
        Inode inode = names.get(name);
        if (inode == null) {
            inode = new Inode();
            names.put(name, inode);
            pend(null, new Link(name, inode));
        }
        inode.content = joined(inode.content, bytes);
        pend(inode, new Append(inode, bytes.clone()));
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        mayWrite();
        Inode inode = existing(name);
        inode.content = Arrays.copyOf(inode.content, (int) length);
        pend(inode, new Truncate(inode, (int) length));
    }

    @Override
    public void force(String name) throws IOException {
        forced(existing(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        mayWrite();
        Inode inode = existing(from);
        names.remove(from);
        names.put(to, inode);
        pend(null, new Rename(from, to, inode));
    }

    @Override
    public void delete(String name) throws IOException {
        mayWrite();
        if (names.remove(name) != null) {
            pend(null, new Unlink(name));
        }
    }

    @Override
    public void forceNames() throws IOException {
        forced(null);
    }

    /** A task that forces first does what follows later than it begins: if the power fails in between, that never happened. */
    private void pend(@Nullable Inode subject, Change change) {
        pending.add(new Pending(subject, change, time.now()));
    }

    private void mayWrite() throws IOException {
        if (failing) {
            throw new IOException("input/output error (simulated)");
        }
    }

    private Inode existing(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new IOException("no such file: " + name);
        }
        return inode;
    }

    /** What was done to this file (or to the names, for null) becomes safe when the force has ended. */
    private void forced(@Nullable Inode subject) throws IOException {
        mayWrite();
        time.spend(forceNanos / 2 + random.nextLong(forceNanos / 2 + 1));
        if (failingForces) {
            throw new IOException("the device reports a write error (simulated)");
        }
        for (Pending operation : pending) {
            if (operation.subject == subject && operation.safeAtNanos == Pending.NEVER) {
                operation.safeAtNanos = time.now();
            }
        }
        time.at(time.now(), () -> settle(time.now()));
    }

    /** Carries out on the platter what is safe by now and has nothing unsafe of its own subject before it. */
    private void settle(long nowNanos) {
        pending.removeIf(operation -> {
            boolean safe = operation.safeAtNanos <= nowNanos;
            if (safe) {
                operation.change.onPlatter(safeNames);
            }
            return safe;
        });
        safeNames.forEach((name, inode) -> {
            boolean counts = LogImage.isInForce(name);
            if (counts && inode.version.compareTo(persisted) > 0) {
                persisted = inode.version;
                persistedListener.accept(persisted);
            }
        });
    }

    /** The process was killed; the operating system has all that it wrote, but for a write under way. */
    void processEnded() {
        if (!pending.isEmpty() && random.nextInt(4) == 0) {
            tear(pending.get(pending.size() - 1));
        }
    }

    private void tear(Pending last) {
        if (last.change instanceof Append append && last.safeAtNanos > time.now() && append.bytes.length > 1) {
            int lost = 1 + random.nextInt(append.bytes.length - 1);
            append.inode.content = Arrays.copyOf(append.inode.content, append.inode.content.length - lost);
            last.change = new Append(append.inode, Arrays.copyOf(append.bytes, append.bytes.length - lost));
            tornTails++;
        }
    }

    /** The power failed: of what was not safe a random part is left, for each file and for the names in order. */
    void powerFailed() {
        settle(time.now());
        pending.removeIf(operation -> operation.issuedAtNanos > time.now());
        TreeMap<Integer, Boolean> broken = new TreeMap<>();
        List<Inode> subjects = new ArrayList<>();
        for (Pending operation : pending) {
            int subject = indexOf(subjects, operation.subject);
            if (!broken.getOrDefault(subject, false)) {
                broken.put(subject, !survives(operation));
            }
        }
        pending.clear();
        names = safeNames;
        safeNames = new TreeMap<>(names);
        names.values().forEach(inode -> inode.content = inode.safe.clone());
    }

    private static int indexOf(List<Inode> subjects, @Nullable Inode subject) {
        if (subject == null) {
            return -1;
        }
        int index = subjects.indexOf(subject);
        if (index < 0) {
            subjects.add(subject);
            return subjects.size() - 1;
        }
        return index;
    }

    private boolean survives(Pending operation) {
        boolean whole = random.nextInt(3) == 0;
        if (whole) {
            operation.change.onPlatter(safeNames);
        } else if (operation.change instanceof Append append && random.nextBoolean()) {
            int kept = random.nextInt(append.bytes.length + 1);
            byte[] torn = Arrays.copyOf(append.bytes, kept);
            if (kept > 0 && random.nextInt(4) == 0) {
                torn[kept - 1] ^= 0x55;
            }
            new Append(append.inode, torn).onPlatter(safeNames);
            tornTails++;
        }
        return whole;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private static final class Inode {
        private byte[] content = {};
        private byte[] safe = {};
        private StateVersion version = StateVersion.NONE;
    }

    private static final class Pending {
        private static final long NEVER = Long.MAX_VALUE;

        private final @Nullable Inode subject;
        private final long issuedAtNanos;
        private Change change;
        private long safeAtNanos = NEVER;

        Pending(@Nullable Inode subject, Change change, long issuedAtNanos) {
            this.subject = subject;
            this.change = change;
            this.issuedAtNanos = issuedAtNanos;
        }
    }

    private interface Change {
        void onPlatter(SortedMap<String, Inode> safeNames);
    }

    private record Append(Inode inode, byte[] bytes) implements Change {
        @Override
        public void onPlatter(SortedMap<String, Inode> safeNames) {
            inode.safe = joined(inode.safe, bytes);
            inode.version = LogImage.newest(bytes, inode.version);
        }
    }

    private record Truncate(Inode inode, int length) implements Change {
        @Override
        public void onPlatter(SortedMap<String, Inode> safeNames) {
            inode.safe = Arrays.copyOf(inode.safe, length);
        }
    }

    private record Link(String name, Inode inode) implements Change {
        @Override
        public void onPlatter(SortedMap<String, Inode> safeNames) {
            safeNames.put(name, inode);
        }
    }

    private record Rename(String from, String to, Inode inode) implements Change {
        @Override
        public void onPlatter(SortedMap<String, Inode> safeNames) {
            safeNames.remove(from);
            safeNames.put(to, inode);
        }
    }

    private record Unlink(String name) implements Change {
        @Override
        public void onPlatter(SortedMap<String, Inode> safeNames) {
            safeNames.remove(name);
        }
    }
}
