package dev.ha4j.totem.security.packet;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.OptionalInt;
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
        byte[] packet = new byte[PacketHeader.BYTES + clear.length + body.length + PacketHeader.TAG_BYTES];
        seal(header, clear, body, body.length, packet);
        return packet;
    }

    /**
     * Writes the packet into an array that is large enough.
     *
     * @return its length
     */
    int seal(PacketHeader header, byte[] clear, byte[] body, int bodyLength, byte[] packet) {
        int bodyOffset = PacketHeader.BYTES + clear.length;
        header.writeTo(packet);
        System.arraycopy(clear, 0, packet, PacketHeader.BYTES, clear.length);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(header));
            cipher.updateAAD(packet, 0, bodyOffset);
            return bodyOffset + cipher.doFinal(body, 0, bodyLength, packet, bodyOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
    }

    /** The body that begins at {@code bodyOffset}; empty if the tag is wrong. */
    Optional<byte[]> open(PacketHeader header, byte[] packet, int length, int bodyOffset) {
        byte[] body = new byte[Math.max(0, length - bodyOffset - PacketHeader.TAG_BYTES)];
        return open(header, packet, length, bodyOffset, body).isPresent() ? Optional.of(body) : Optional.empty();
    }

    /**
     * Writes the body that begins at {@code bodyOffset} into an array that is large enough.
     *
     * @return its length; empty if the tag is wrong
     */
    OptionalInt open(PacketHeader header, byte[] packet, int length, int bodyOffset, byte[] body) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(header));
            cipher.updateAAD(packet, 0, bodyOffset);
            return OptionalInt.of(cipher.doFinal(packet, bodyOffset, length - bodyOffset, body, 0));
        } catch (AEADBadTagException e) {
            return OptionalInt.empty();
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
