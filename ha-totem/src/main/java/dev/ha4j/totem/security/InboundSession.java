package dev.ha4j.totem.security;

import java.util.Optional;

/** A peer's session that was proven to be live, with the counters received in it. */
final class InboundSession {

    private final SessionKey key;
    private final PacketCipher cipher;
    private final long boot;
    private final ReplayWindow window = new ReplayWindow();

    InboundSession(SessionKey key, PacketCipher cipher, long boot) {
        this.key = key;
        this.cipher = cipher;
        this.boot = boot;
    }

    boolean isNew(long counter) {
        return window.mayAccept(counter);
    }

    /** The plaintext, whose counter is marked as received; empty if the tag is wrong. */
    Optional<byte[]> open(PacketHeader header, byte[] packet, int length) {
        Optional<byte[]> plaintext = cipher.open(header, packet, length, PacketHeader.BYTES);
        if (plaintext.isPresent()) {
            window.accept(header.counter());
        }
        return plaintext;
    }

    boolean isNamed(PacketHeader header) {
        return key.sessionId() == header.sessionId() && key.keyId() == header.keyId();
    }

    boolean hasSalt(byte[] salt) {
        return key.hasSalt(salt);
    }

    long boot() {
        return boot;
    }

    int keyId() {
        return key.keyId();
    }
}
