package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import java.util.Optional;

/** One session in which this node sends: its key, and the counters that must never repeat under it. */
final class OutboundSession {

    private static final byte[] NOTHING = {};

    private final byte suite;
    private final SessionKey key;
    private final Optional<SessionSecret> secret;
    private final PacketCipher introducing;
    private final PacketCipher cipher;
    private final int sender;
    private final long startedNanos;
    private long dataCounter;
    private long handshakeCounter;

    /**
     * A session that has just begun.
     *
     * @param introduction key of its handshakes, which everybody in the cluster can read
     * @param key of its data
     * @param secret that the latter depends on, if it does
     */
    OutboundSession(
            byte suite,
            SessionKey introduction,
            SessionKey key,
            Optional<SessionSecret> secret,
            NodeId sender,
            long startedNanos) {
        this.suite = suite;
        this.key = key;
        this.secret = secret;
        this.introducing = introduction.newCipher();
        this.cipher = key.newCipher();
        this.sender = sender.value();
        this.startedNanos = startedNanos;
    }

    /** The length of the packet that is written into the given array. */
    int sealData(int target, byte[] plaintext, int length, byte[] packet) {
        return cipher.seal(header(PacketKind.DATA, target, dataCounter++), NOTHING, plaintext, length, packet);
    }

    byte[] sealHandshake(PacketKind kind, NodeId target, byte[] body) {
        return introducing.seal(header(kind, target.value(), handshakeCounter++), key.salt(), body);
    }

    private PacketHeader header(PacketKind kind, int target, long counter) {
        return new PacketHeader(suite, kind, key.keyId(), sender, target, key.sessionId(), counter);
    }

    /** Packets sealed so far, of the kind that was sealed more often. */
    long packetCount() {
        return Math.max(dataCounter, handshakeCounter);
    }

    long startedNanos() {
        return startedNanos;
    }

    Optional<SessionSecret> secret() {
        return secret;
    }

    byte[] salt() {
        return key.salt();
    }

    int keyId() {
        return key.keyId();
    }
}
