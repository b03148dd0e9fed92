package dev.ha4j.corosync.knet;

import dev.ha4j.corosync.KnetSecurity;
import dev.ha4j.corosync.KnetSecurity.Cipher;
import dev.ha4j.corosync.KnetSecurity.Hash;
import dev.ha4j.corosync.wire.Malformed;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts, then authenticates: initialization vector, AES in CBC mode, and an HMAC over both. The HMAC's key is the whole key, AES's its
 * beginning.
 */
public final class PacketSeal {

    private static final int BLOCK_BYTES = 16;

    private final Optional<javax.crypto.Cipher> cipher;
    private final SecretKeySpec cipherKey;
    private final Optional<Mac> mac;
    private final int macBytes;

    /**
     * Not for other threads than the one that calls it.
     *
     * @throws IllegalStateException if this JVM lacks an algorithm
     */
    public PacketSeal(KnetSecurity security) {
        byte[] key = security.key().bytes();
        try {
            boolean encrypts = security.cipher() != Cipher.NONE;
            cipherKey = new SecretKeySpec(
                    encrypts ? Arrays.copyOf(key, security.cipher().keyBytes()) : key, "AES");
            cipher = encrypts ? Optional.of(javax.crypto.Cipher.getInstance("AES/CBC/PKCS5Padding")) : Optional.empty();
            mac = security.hash() == Hash.NONE ? Optional.empty() : Optional.of(mac(security.hash(), key));
            macBytes = mac.map(Mac::getMacLength).orElse(0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + security.cipher() + " with " + security.hash(), e);
        }
    }

    private static Mac mac(Hash hash, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hash.algorithm());
        mac.init(new SecretKeySpec(key, hash.algorithm()));
        return mac;
    }

    /** Random bytes that {@link #seal} needs, never twice the same. */
    public int vectorBytes() {
        return cipher.isPresent() ? BLOCK_BYTES : 0;
    }

    /** Longest packet in clear that is not longer than this when it is sealed. */
    public int clearBytes(int sealedBytes) {
        int room = sealedBytes - macBytes - vectorBytes();
        return cipher.isPresent() ? room / BLOCK_BYTES * BLOCK_BYTES - 1 : room;
    }

    public byte[] seal(byte[] clear, byte[] vector) {
        int vectorBytes = vector.length;
        int cipherBytes = cipher.isPresent() ? (clear.length / BLOCK_BYTES + 1) * BLOCK_BYTES : clear.length;
        byte[] sealed = Arrays.copyOf(vector, vectorBytes + cipherBytes + macBytes);
        try {
            if (cipher.isPresent()) {
                cipher.get().init(javax.crypto.Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(vector));
                cipher.get().doFinal(clear, 0, clear.length, sealed, vectorBytes);
            } else {
                System.arraycopy(clear, 0, sealed, vectorBytes, clear.length);
            }
            if (mac.isPresent()) {
                mac.get().update(sealed, 0, vectorBytes + cipherBytes);
                mac.get().doFinal(sealed, vectorBytes + cipherBytes);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet can't be sealed", e);
        }
        return sealed;
    }

    /** The packet in clear, if it is authentic. */
    public byte[] open(byte[] sealed) throws Malformed {
        int authenticated = sealed.length - macBytes;
        if (authenticated < vectorBytes()) {
            throw new Malformed("truncated");
        }
        mac.ifPresent(m -> m.update(sealed, 0, authenticated));
        byte[] expected = mac.map(Mac::doFinal).orElseGet(() -> new byte[0]);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, authenticated, sealed.length))) {
            throw new Malformed("not authentic");
        }
        return cipher.isPresent() ? decrypt(cipher.get(), sealed, authenticated) : Arrays.copyOf(sealed, authenticated);
    }

    private byte[] decrypt(javax.crypto.Cipher cipher, byte[] sealed, int end) throws Malformed {
        try {
            cipher.init(javax.crypto.Cipher.DECRYPT_MODE, cipherKey, new IvParameterSpec(sealed, 0, BLOCK_BYTES));
            return cipher.doFinal(sealed, BLOCK_BYTES, end - BLOCK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new Malformed("not encrypted as configured");
        }
    }
}
