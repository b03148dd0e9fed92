package dev.ha4j.totem.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The secret that all nodes of a cluster share: {@value #KEY_BYTES} bytes, and a number that tells it from its successor
 * while keys are being changed. It never encrypts a packet; session keys are derived from it. Prints as {@code ***}.
 */
public final class AuthKey {

    public static final int KEY_BYTES = 32;
    public static final int MAX_ID = 255;

    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] key;
    private final int id;

    private AuthKey(byte[] key, int id) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a cluster key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("a key id is 0 to " + MAX_ID + ", not " + id);
        }
        this.key = key.clone();
        this.id = id;
    }

    /**
     * Takes over existing key bytes, as key number 1.
     *
     * @throws IllegalArgumentException unless there are {@value #KEY_BYTES} bytes
     */
    public static AuthKey of(byte[] key) {
        return new AuthKey(key, 1);
    }

    /** A new key; {@code random} should be a {@link java.security.SecureRandom}. */
    public static AuthKey generate(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return of(key);
    }

    /**
     * Reads a key file: {@value #KEY_BYTES} raw bytes, or twice as many hexadecimal digits.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalArgumentException if others may read or change the file, or it holds no key
     */
    public static AuthKey file(Path path) throws IOException {
        requirePrivate(path);
        byte[] content = Files.readAllBytes(path);
        if (content.length == KEY_BYTES) {
            return of(content);
        }
        try {
            return of(HexFormat.of().parseHex(new String(content, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    path + " holds no cluster key: expected " + KEY_BYTES + " raw bytes or " + 2 * KEY_BYTES + " hex digits");
        }
    }

    private static void requirePrivate(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(TOO_OPEN);
        open.retainAll(view.readAttributes().permissions());
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("the key file " + path + " is open to other users (" + open + "): chmod 600 " + path);
        }
    }

    /** The same key under another number. */
    public AuthKey withId(int newId) {
        return new AuthKey(key, newId);
    }

    /** Travels in the clear with each packet. */
    public int id() {
        return id;
    }

    byte[] bytes() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "***";
    }
}
