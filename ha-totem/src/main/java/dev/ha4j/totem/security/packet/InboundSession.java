package dev.ha4j.totem.security.packet;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A peer's session that was proven to be live, with the counters received in it. */
final class InboundSession {

    private final SessionKey key;
    private final PacketCipher cipher;
    private final long boot;
    private final Optional<Instant> certificateEnds;
    private final ReplayWindow window = new ReplayWindow();

    InboundSession(SessionKey key, PacketCipher cipher, long boot, Optional<Instant> certificateEnds) {
        this.key = key;
        this.cipher = cipher;
        this.boot = boot;
        this.certificateEnds = certificateEnds;
    }

    boolean isNew(long counter) {
        return window.mayAccept(counter);
    }

    /** Decrypts a packet and marks its counter as received; the length of the plaintext, empty if the tag is wrong. */
    OptionalInt open(PacketHeader header, byte[] packet, int length, byte[] plaintext) {
        OptionalInt opened = cipher.open(header, packet, length, PacketHeader.BYTES, plaintext);
        if (opened.isPresent()) {
            window.accept(header.counter());
        }
        return opened;
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

    /** Of the certificate that its sender has shown for it. */
    Optional<Instant> certificateEnds() {
        return certificateEnds;
    }

    int keyId() {
        return key.keyId();
    }
}
