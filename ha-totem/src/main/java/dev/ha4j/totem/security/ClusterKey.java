package dev.ha4j.totem.security;

import dev.ha4j.api.config.AuthKey;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The secret that all nodes of a cluster share: {@value #KEY_BYTES} bytes, and a number that tells it from its successor
 * while keys are being changed. It never encrypts a packet; session keys are derived from it. Prints as {@code ***}.
 */
public final class ClusterKey {

    public static final int KEY_BYTES = 32;
    public static final int MAX_ID = 255;

    private final byte[] key;
    private final int id;

    private ClusterKey(byte[] key, int id) {
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
    public static ClusterKey of(byte[] key) {
        return new ClusterKey(key, 1);
    }

    /** The key of this cluster that is configured; a passphrase becomes a key here, which takes some tenths of a second. */
    public static ClusterKey of(AuthKey configured, String cluster) {
        byte[] bytes = configured.bytes();
        byte[] key = configured.isPassphrase()
                ? PassphraseKey.derive(new String(bytes, StandardCharsets.UTF_8).toCharArray(), cluster)
                : bytes;
        return new ClusterKey(key, configured.number());
    }

    /** A new key; {@code random} should be a {@link java.security.SecureRandom}. */
    public static ClusterKey generate(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return of(key);
    }

    /** The same key under another number. */
    public ClusterKey withId(int newId) {
        return new ClusterKey(key, newId);
    }

    /** Travels in the clear with each packet. */
    public int id() {
        return id;
    }

    /** A copy, from which keys are derived; to be overwritten afterwards. */
    public byte[] bytes() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "***";
    }
}
