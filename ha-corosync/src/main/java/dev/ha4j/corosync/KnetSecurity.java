package dev.ha4j.corosync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How packets over {@code knet} are encrypted and authenticated, the same at all nodes. {@code aes256} with {@code sha256} is what
 * {@code secauth: on} means.
 *
 * @param cipher {@code crypto_cipher}
 * @param hash {@code crypto_hash}; a cipher needs one
 * @param key shared by all nodes
 */
public record KnetSecurity(Cipher cipher, Hash hash, Key key) {

    /** Neither encrypted nor authenticated, as Corosync's default: only for networks that nobody else is on. */
    public static final KnetSecurity NONE = new KnetSecurity(Cipher.NONE, Hash.NONE, new Key(new byte[Key.MIN_BYTES]));

    /** AES in CBC mode. */
    public enum Cipher {
        NONE(0),
        AES128(16),
        AES192(24),
        AES256(32);

        private final int keyBytes;

        Cipher(int keyBytes) {
            this.keyBytes = keyBytes;
        }

        public int keyBytes() {
            return keyBytes;
        }
    }

    /** Of the HMAC behind each packet. */
    public enum Hash {
        NONE(""),
        MD5("HmacMD5"),
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA384("HmacSHA384"),
        SHA512("HmacSHA512");

        private final String algorithm;

        Hash(String algorithm) {
            this.algorithm = algorithm;
        }

        /** As the JDK calls it. */
        public String algorithm() {
            return algorithm;
        }
    }

    /** What {@code corosync-keygen} makes: a file of random bytes. Does not show them. */
    public static final class Key {

        public static final int MIN_BYTES = 128;
        public static final int MAX_BYTES = 4_096;

        private final byte[] bytes;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * The key's bytes themselves.
         *
         * @throws IllegalArgumentException if there are too few or too many
         */
        public static Key of(byte[] bytes) {
            if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("a key has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not "
                        + bytes.length + ": make one with corosync-keygen");
            }
            return new Key(bytes.clone());
        }

        /**
         * The content of a file ({@code keyfile}).
         *
         * @throws IOException if it can't be read
         */
        public static Key file(Path file) throws IOException {
            return of(Files.readAllBytes(file));
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " secret bytes";
        }
    }

    /**
     * Checks what Corosync refuses too.
     *
     * @throws IllegalArgumentException if packets would be encrypted and not authenticated
     */
    public KnetSecurity {
        if (cipher != Cipher.NONE && hash == Hash.NONE) {
            throw new IllegalArgumentException("crypto_cipher needs a crypto_hash, such as sha256");
        }
    }
}
