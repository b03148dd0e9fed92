package dev.ha4j.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The random name of a state directory, drawn when the directory is first used. It stands beside the number of the locked
 * file's inode: a directory that was copied or restored has another one, and draws a name of its own, since its lock says
 * nothing of who uses the original.
 */
final class DirectoryIdentity {

    static final String FILE = "identity";
    private static final String NEW_FILE = "identity.new";
    private static final String FORMAT = "ha4j-directory-1";
    private static final int RANDOM_BYTES = 16;

    private DirectoryIdentity() {}

    /** Reads or draws the name; safe on disk when this returns. */
    static String of(Path directory, Path lock) throws IOException {
        String inode = inode(lock);
        Optional<String> known = read(directory.resolve(FILE), inode);
        return known.isPresent() ? known.get() : draw(directory, inode);
    }

    /** A name that can't be read is none: a new one proves less, never more. */
    private static Optional<String> read(Path file, String inode) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        boolean ours =
                lines.size() == 3 && lines.get(0).equals(FORMAT) && lines.get(2).equals(inode);
        return ours ? Optional.of(lines.get(1)) : Optional.empty();
    }

    private static String draw(Path directory, String inode) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        store(directory.resolve(NEW_FILE), FORMAT + "\n" + id + "\n" + inode + "\n");
        Files.move(
                directory.resolve(NEW_FILE),
                directory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return id;
    }

    private static void store(Path file, String content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static String inode(Path file) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(file, "unix:ino"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "unknown";
        }
    }
}
