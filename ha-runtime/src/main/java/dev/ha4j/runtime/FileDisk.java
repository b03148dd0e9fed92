package dev.ha4j.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Disk} on a directory of the file system, held by an exclusive lock of the operating system: two processes (or two
 * nodes of one process) can't use one directory. The lock is gone with the process, which also proves that an earlier life of
 * the node is over.
 */
public final class FileDisk implements Disk, AutoCloseable {

    /** Name of the locked file; not listed, and neither is the directory's identity. */
    public static final String LOCK = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(FileDisk.class);

    private final Path directory;
    private final FileChannel lock;
    private final String id;
    private final TreeMap<String, FileChannel> open = new TreeMap<>();

    private FileDisk(Path directory, FileChannel lock, String id) {
        this.directory = directory;
        this.lock = lock;
        this.id = id;
    }

    /**
     * Opens a directory, and makes it if it is not there.
     *
     * @throws IOException if it can't be used, or somebody else uses it
     */
    public static FileDisk open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(LOCK);
        FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lock)) {
            lock.close();
            throw new IOException(
                    directory + " is in use by another node: every node needs a state directory of its own");
        }
        try {
            FileDisk disk = new FileDisk(directory, lock, DirectoryIdentity.of(directory, file));
            disk.forceNames();
            return disk;
        } catch (IOException e) {
            shut(lock);
            throw e;
        }
    }

    /** The random name of this directory, the same over restarts; a copy of it has another one. */
    public String id() {
        return id;
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(LOCK) && !name.startsWith(DirectoryIdentity.FILE))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        FileChannel file = channel(name);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        channel(name).truncate(length);
    }

    @Override
    public void force(String name) throws IOException {
        channel(name).force(true);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        shut(from);
        shut(to);
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        shut(name);
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void forceNames() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        open.values().forEach(FileDisk::shut);
        open.clear();
        shut(lock);
    }

    private FileChannel channel(String name) throws IOException {
        FileChannel present = open.get(name);
        if (present != null && present.isOpen()) {
            return present;
        }
        FileChannel opened = FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        open.put(name, opened);
        return opened;
    }

    private void shut(String name) {
        FileChannel file = open.remove(name);
        if (file != null) {
            shut(file);
        }
    }

    private static void shut(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a file", e);
        }
    }
}
