package dev.ha4j.totem.security;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A cluster key from words that people can remember: Argon2id (RFC 9106, section 4: 64 MiB, 3 passes), salted with the
 * cluster's name. Random bytes are better; this makes guessing expensive, not impossible.
 */
public final class PassphraseKey {

    /** Fewer characters would be guessed all the same. */
    public static final int MIN_CHARACTERS = 16;

    private static final int MEMORY_KIBIBYTES = 64 << 10;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final byte[] PURPOSE = "ha4j/1 passphrase ".getBytes(StandardCharsets.US_ASCII);

    private PassphraseKey() {}

    /**
     * The same {@value ClusterKey#KEY_BYTES} bytes for the same words and cluster, on every node. Takes some tenths of a
     * second and 64 MiB for as long.
     *
     * @throws IllegalArgumentException if the passphrase has fewer than {@value #MIN_CHARACTERS} characters
     */
    public static byte[] derive(char[] passphrase, String cluster) {
        if (passphrase.length < MIN_CHARACTERS) {
            throw new IllegalArgumentException("a passphrase needs at least " + MIN_CHARACTERS + " characters, not "
                    + passphrase.length + ": take some words, or a key file");
        }
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIBIBYTES)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt(cluster))
                .build());
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] secret = new byte[encoded.remaining()];
        encoded.get(secret).rewind();
        byte[] key = new byte[ClusterKey.KEY_BYTES];
        generator.generateBytes(secret, key);
        Arrays.fill(secret, (byte) 0);
        encoded.put(new byte[secret.length]);
        return key;
    }

    private static byte[] salt(String cluster) {
        byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
        SHA256Digest digest = new SHA256Digest();
        digest.update(PURPOSE, 0, PURPOSE.length);
        digest.update(name, 0, name.length);
        byte[] salt = new byte[digest.getDigestSize()];
        digest.doFinal(salt, 0);
        return salt;
    }
}
