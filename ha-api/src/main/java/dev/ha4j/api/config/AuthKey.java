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
 * are derived, or a passphrase from which those are. A number tells it from its successor while keys are being changed. Prints as
 * {@code ***}. Immutable.
 */
public final class AuthKey {

    public static final int KEY_BYTES = 32;

    /** Fewer characters of a passphrase would be guessed. */
    public static final int MIN_PASSPHRASE_CHARACTERS = 16;

    /** Largest number of a key. */
    public static final int MAX_NUMBER = 255;

    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] secret;
    private final boolean isPassphrase;
    private final int number;

    private AuthKey(byte[] secret, boolean isPassphrase, int number) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("the number of a key is 1 to " + MAX_NUMBER + ", not " + number);
        }
        this.secret = secret.clone();
        this.isPassphrase = isPassphrase;
        this.number = number;
    }

    private AuthKey(byte[] key) {
        this(key, false, 1);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a cluster key has " + KEY_BYTES + " bytes, not " + key.length);
        }
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

    /**
     * Words that people can remember. The key is derived from them and from the cluster's name when a node starts (Argon2id: some
     * tenths of a second, 64 MiB for as long). Random bytes are better: this makes guessing expensive, not impossible.
     *
     * @throws IllegalArgumentException with fewer than {@value #MIN_PASSPHRASE_CHARACTERS} characters
     */
    public static AuthKey passphrase(String words) {
        if (words.length() < MIN_PASSPHRASE_CHARACTERS) {
            throw new IllegalArgumentException("a passphrase needs at least " + MIN_PASSPHRASE_CHARACTERS
                    + " characters, not " + words.length() + ": take some more words, or a key file");
        }
        return new AuthKey(words.getBytes(StandardCharsets.UTF_8), true, 1);
    }

    /** A key that everybody knows. Packets look like those of any cluster, and anybody can make them. */
    static AuthKey known() {
        return new AuthKey(new byte[KEY_BYTES]);
    }

    /** Whether this is what {@link ClusterConfigBuilder#insecure} takes: no secret at all. */
    public boolean isInsecure() {
        return !isPassphrase && equals(known().number(number));
    }

    /**
     * The same under another number: while keys are being changed, two are accepted, and packets say which.
     *
     * @param other 1 to {@value #MAX_NUMBER}; keys have number 1 unless another is said
     */
    public AuthKey number(int other) {
        return new AuthKey(secret, isPassphrase, other);
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

    static void requirePrivate(Path path) throws IOException {
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

    public int number() {
        return number;
    }

    /** Whether {@link #bytes} are words, from which the key has yet to be derived. */
    public boolean isPassphrase() {
        return isPassphrase;
    }

    /** A copy of the key's bytes, or of the passphrase in UTF-8. */
    public byte[] bytes() {
        return secret.clone();
    }

    /**
     * The key as hexadecimal digits, as a key file may hold it.
     *
     * @throws IllegalStateException if it is a passphrase
     */
    public String hex() {
        if (isPassphrase) {
            throw new IllegalStateException("a passphrase is no key yet: it is derived for one cluster");
        }
        return HexFormat.of().formatHex(secret);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthKey that
                && number == that.number
                && isPassphrase == that.isPassphrase
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(secret) + number;
    }

    @Override
    public String toString() {
        return "***";
    }
}
