package dev.ha4j.totem.security.packet;

import dev.ha4j.api.config.NodeIdentity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a handshake packet carries of a node with a certificate, behind the {@link Handshake}. Always of one size.
 *
 * <pre>
 * X25519 key 32 | wrapped secret 40 | certificate: length 2, bytes 900 | signature: length 1, bytes 104
 * </pre>
 *
 * @param publicKey of the sender's session
 * @param wrapped the sender's secret for the receiver, zeros in a hello, whose receiver's key is not known yet
 */
@SuppressWarnings("ArrayRecordComponent") // packets are handed over, not compared
record IdentityProof(byte[] publicKey, byte[] wrapped, byte[] certificate, byte[] signature) {

    static final int BYTES = SessionSecret.PUBLIC_KEY_BYTES
            + SessionSecret.WRAPPED_BYTES
            + Short.BYTES
            + NodeIdentity.MAX_CERTIFICATE_BYTES
            + 1
            + NodeIdentity.MAX_SIGNATURE_BYTES;

    static byte[] nothingWrapped() {
        return new byte[SessionSecret.WRAPPED_BYTES];
    }

    byte[] write() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        buffer.put(publicKey).put(wrapped);
        putPadded(certificate, NodeIdentity.MAX_CERTIFICATE_BYTES, buffer.putShort((short) certificate.length));
        putPadded(signature, NodeIdentity.MAX_SIGNATURE_BYTES, buffer.put((byte) signature.length));
        return buffer.array();
    }

    private static void putPadded(byte[] bytes, int room, ByteBuffer buffer) {
        if (bytes.length > room) {
            throw new IllegalArgumentException(bytes.length + " bytes where at most " + room + " are sent");
        }
        buffer.put(bytes).position(buffer.position() + room - bytes.length);
    }

    /** Reads {@link #BYTES} bytes; empty if a length is too large. */
    static Optional<IdentityProof> read(ByteBuffer buffer) {
        byte[] publicKey = new byte[SessionSecret.PUBLIC_KEY_BYTES];
        byte[] wrapped = nothingWrapped();
        byte[] certificate = new byte[NodeIdentity.MAX_CERTIFICATE_BYTES];
        byte[] signature = new byte[NodeIdentity.MAX_SIGNATURE_BYTES];
        buffer.get(publicKey).get(wrapped);
        int certificateLength = Short.toUnsignedInt(buffer.getShort());
        buffer.get(certificate);
        int signatureLength = Byte.toUnsignedInt(buffer.get());
        buffer.get(signature);
        if (certificateLength > certificate.length || signatureLength > signature.length) {
            return Optional.empty();
        }
        return Optional.of(new IdentityProof(
                publicKey,
                wrapped,
                Arrays.copyOf(certificate, certificateLength),
                Arrays.copyOf(signature, signatureLength)));
    }
}
