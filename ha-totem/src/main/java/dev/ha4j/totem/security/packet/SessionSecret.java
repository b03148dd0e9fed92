package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * What a sender's session key depends on besides the cluster's key: random bytes that it hands to each peer by itself, wrapped
 * under a key that only the two can compute (X25519, HKDF, AES key wrap). Both live as long as the session.
 *
 * <p>Source: RFC 7748, RFC 5869, RFC 3394.
 */
final class SessionSecret {

    static final int PUBLIC_KEY_BYTES = 32;
    static final int WRAPPED_BYTES = 40;

    private static final int SECRET_BYTES = 32;
    private static final byte[] PURPOSE = "ha4j/1 wrap".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final X25519PrivateKeyParameters key;
    private final byte[] publicKey;

    private SessionSecret(byte[] bytes, X25519PrivateKeyParameters key) {
        this.bytes = bytes;
        this.key = key;
        this.publicKey = key.generatePublicKey().getEncoded();
    }

    static SessionSecret draw(RandomGenerator random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] seed = new byte[X25519PrivateKeyParameters.KEY_SIZE];
        random.nextBytes(seed);
        return new SessionSecret(secret, new X25519PrivateKeyParameters(seed));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /** This secret for the owner of that key; empty if it is none. */
    Optional<byte[]> wrappedFor(byte[] peerKey, NodeId self, NodeId peer) {
        return wrapping(peerKey, self, peer).map(wrapping -> {
            AESWrapEngine engine = new AESWrapEngine();
            engine.init(true, new KeyParameter(wrapping));
            return engine.wrap(bytes, 0, bytes.length);
        });
    }

    /** The peer's secret; empty unless it was wrapped for this session by the owner of that key. */
    Optional<byte[]> unwrap(byte[] wrapped, byte[] peerKey, NodeId self, NodeId peer) {
        return wrapping(peerKey, peer, self).flatMap(wrapping -> {
            AESWrapEngine engine = new AESWrapEngine();
            engine.init(false, new KeyParameter(wrapping));
            try {
                return Optional.of(engine.unwrap(wrapped, 0, wrapped.length));
            } catch (InvalidCipherTextException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<byte[]> wrapping(byte[] peerKey, NodeId from, NodeId to) {
        byte[] agreed = new byte[X25519PrivateKeyParameters.SECRET_SIZE];
        try {
            key.generateSecret(new X25519PublicKeyParameters(peerKey), agreed, 0);
        } catch (IllegalStateException e) { // of a key of small order everybody knows what comes of it
            return Optional.empty();
        }
        byte[] info = ByteBuffer.allocate(PURPOSE.length + 2 * Short.BYTES)
                .put(PURPOSE)
                .putShort((short) from.value())
                .putShort((short) to.value())
                .array();
        return Optional.of(SessionKey.hkdf(agreed, new byte[0], info, SECRET_BYTES));
    }
}
