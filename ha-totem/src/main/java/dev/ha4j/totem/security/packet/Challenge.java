package dev.ha4j.totem.security.packet;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/** The one open question to a peer: random bytes that only a process alive now can send back. Answered once, it is closed. */
final class Challenge {

    private final RandomGenerator random;
    private final long lifetimeNanos;
    private byte[] bytes = Handshake.none();
    private long issuedNanos;
    private boolean open;

    Challenge(RandomGenerator random, long lifetimeNanos) {
        this.random = random;
        this.lifetimeNanos = lifetimeNanos;
    }

    /** The open challenge, or a new one if there is none or it is too old. */
    byte[] ask(long nowNanos) {
        if (!isOpen(nowNanos)) {
            bytes = Handshake.none();
            random.nextBytes(bytes);
            issuedNanos = nowNanos;
            open = true;
        }
        return bytes;
    }

    boolean isAnsweredBy(byte[] echo, long nowNanos) {
        return isOpen(nowNanos) && MessageDigest.isEqual(bytes, echo);
    }

    void close() {
        open = false;
    }

    private boolean isOpen(long nowNanos) {
        return open && nowNanos - issuedNanos < lifetimeNanos;
    }
}
