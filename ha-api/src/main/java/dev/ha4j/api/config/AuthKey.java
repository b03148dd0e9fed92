package dev.ha4j.api.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret that all nodes of a cluster share ({@code authkey}): {@value #KEY_BYTES} bytes from which the keys of packets
 * are derived. Prints as {@code ***}. Immutable.
 */
public final class AuthKey {

    public static final int KEY_BYTES = 32;

    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] key;

    private AuthKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a cluster key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /**
     * Takes over existing key bytes.
     *
     * @throws IllegalArgumentException unless there are {@value #KEY_BYTES} of them
     */
    public static AuthKey of(byte[] key) {
        return new AuthKey(key);
    }

    /** A new key, for a cluster within one JVM, or to be written to a file with {@link #hex()}. */
    public static AuthKey random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new AuthKey(key);
    }

    /**
     * Reads a key file: {@value #KEY_BYTES} raw bytes, or twice as many hexadecimal digits.
     *
     * @throws UncheckedIOException if the file can't be read
     * @throws IllegalArgumentException if others may read or change the file, or it holds no key
     */
    public static AuthKey file(Path path) {
        try {
            requirePrivate(path);
            return parse(path, Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's key can't be read from " + path, e);
        }
    }

    private static AuthKey parse(Path path, byte[] content) {
        if (content.length == KEY_BYTES) {
            return new AuthKey(content);
        }
        try {
            return new AuthKey(HexFormat.of().parseHex(new String(content, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    path + " holds no cluster key: write " + KEY_BYTES + " raw bytes or " + 2 * KEY_BYTES
                            + " hex digits (openssl rand -hex " + KEY_BYTES + ")",
                    e);
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
            throw new IllegalArgumentException(
                    "the key file " + path + " is open to other users (" + open + "): chmod 600 " + path);
        }
    }

    /** A copy of the key's bytes. */
    public byte[] bytes() {
        return key.clone();
    }

    /** The key as hexadecimal digits, as a key file may hold it. */
    public String hex() {
        return HexFormat.of().formatHex(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "***";
    }
}
