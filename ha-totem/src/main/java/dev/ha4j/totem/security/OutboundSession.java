package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;

/** One session in which this node sends: its key, and the counters that must never repeat under it. */
final class OutboundSession {

    private static final byte[] NOTHING = {};

    private final SessionKey key;
    private final PacketCipher cipher;
    private final int sender;
    private final long startedNanos;
    private long dataCounter;
    private long handshakeCounter;

    OutboundSession(SessionKey key, NodeId sender, long startedNanos) {
        this.key = key;
        this.cipher = key.newCipher();
        this.sender = sender.value();
        this.startedNanos = startedNanos;
    }

    /** The length of the packet that is written into the given array. */
    int sealData(int target, byte[] plaintext, int length, byte[] packet) {
        return cipher.seal(header(PacketKind.DATA, target, dataCounter++), NOTHING, plaintext, length, packet);
    }

    byte[] sealHandshake(PacketKind kind, NodeId target, Handshake handshake) {
        return cipher.seal(header(kind, target.value(), handshakeCounter++), key.salt(), handshake.write());
    }

    private PacketHeader header(PacketKind kind, int target, long counter) {
        return new PacketHeader(kind, key.keyId(), sender, target, key.sessionId(), counter);
    }

    /** Packets sealed so far, of the kind that was sealed more often. */
    long packetCount() {
        return Math.max(dataCounter, handshakeCounter);
    }

    long startedNanos() {
        return startedNanos;
    }

    long sessionId() {
        return key.sessionId();
    }

    int keyId() {
        return key.keyId();
    }
}
