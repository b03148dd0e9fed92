package dev.ha4j.totem.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM over whole packets: everything before the body is authenticated, the body is also encrypted. */
final class PacketCipher {

    private static final int TAG_BITS = PacketHeader.TAG_BYTES * Byte.SIZE;
    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;

    PacketCipher(SecretKeySpec key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks AES-GCM", e);
        }
    }

    /** A packet of header, {@code clear} bytes, encrypted body and tag. */
    byte[] seal(PacketHeader header, byte[] clear, byte[] body) {
        int bodyOffset = PacketHeader.BYTES + clear.length;
        byte[] packet = new byte[bodyOffset + body.length + PacketHeader.TAG_BYTES];
        header.writeTo(packet);
        System.arraycopy(clear, 0, packet, PacketHeader.BYTES, clear.length);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(header));
            cipher.updateAAD(packet, 0, bodyOffset);
            cipher.doFinal(body, 0, body.length, packet, bodyOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
        return packet;
    }

    /** The body that begins at {@code bodyOffset}; empty if the tag is wrong. */
    Optional<byte[]> open(PacketHeader header, byte[] packet, int length, int bodyOffset) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(header));
            cipher.updateAAD(packet, 0, bodyOffset);
            return Optional.of(cipher.doFinal(packet, bodyOffset, length - bodyOffset));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to decrypt", e);
        }
    }

    private static GCMParameterSpec nonce(PacketHeader header) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putInt(header.kind().nonceClass())
                .putLong(header.counter())
                .array();
        return new GCMParameterSpec(TAG_BITS, nonce);
    }
}
