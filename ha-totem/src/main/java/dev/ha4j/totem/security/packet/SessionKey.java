package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.ClusterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The key of one session: {@code HKDF-SHA256(cluster key | secret, salt, purpose | cluster | keyId | suite | sender)}.
 *
 * <p>The salt is drawn anew at each start of a sender, so counters may begin at 0 without a nonce ever being used twice
 * under one key, and two nodes never share a key. The secret is nothing unless nodes have certificates.
 */
final class SessionKey {

    static final int SALT_BYTES = 32;

    private static final int KEY_BYTES = 32;
    private static final byte[] PURPOSE = "ha4j/1 data".getBytes(StandardCharsets.US_ASCII);

    private final int keyId;
    private final byte[] salt;
    private final SecretKeySpec key;

    private SessionKey(int keyId, byte[] salt, SecretKeySpec key) {
        this.keyId = keyId;
        this.salt = salt;
        this.key = key;
    }

    /** Of what every owner of the cluster's key can read. */
    static SessionKey derive(byte suite, ClusterKey clusterKey, String cluster, NodeId sender, byte[] salt) {
        return derive(suite, clusterKey, cluster, sender, salt, new byte[0]);
    }

    static SessionKey derive(
            byte suite, ClusterKey clusterKey, String cluster, NodeId sender, byte[] salt, byte[] sessionSecret) {
        byte[] known = clusterKey.bytes();
        byte[] secret = Arrays.copyOf(known, known.length + sessionSecret.length);
        System.arraycopy(sessionSecret, 0, secret, known.length, sessionSecret.length);
        byte[] derived = hkdf(secret, salt, info(suite, clusterKey, cluster, sender), KEY_BYTES);
        SessionKey session = new SessionKey(clusterKey.id(), salt.clone(), new SecretKeySpec(derived, "AES"));
        Arrays.fill(known, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(derived, (byte) 0);
        return session;
    }

    static byte[] hkdf(byte[] secret, byte[] salt, byte[] info, int length) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(secret, salt, info));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        return derived;
    }

    private static byte[] info(byte suite, ClusterKey clusterKey, String cluster, NodeId sender) {
        byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PURPOSE.length + name.length + 4)
                .put(PURPOSE)
                .put(name)
                .put((byte) clusterKey.id())
                .put(suite)
                .putShort((short) sender.value())
                .array();
    }

    int keyId() {
        return keyId;
    }

    /** The session's name on the wire: the first bytes of its salt. */
    long sessionId() {
        return ByteBuffer.wrap(salt).getLong();
    }

    byte[] salt() {
        return salt.clone();
    }

    boolean hasSalt(byte[] other) {
        return Arrays.equals(salt, other);
    }

    PacketCipher newCipher() {
        return new PacketCipher(key);
    }
}
