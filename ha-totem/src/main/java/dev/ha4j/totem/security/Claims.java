package dev.ha4j.totem.security;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * Handshakes in the name of a living peer that are not its own: of a second process with its id, or of an earlier boot, played
 * again. They must not use up what is looked at for the peer itself, and must not make this node work without limit either. So
 * each is decrypted once: its session is remembered, and is refused from then on without a look. Who has recorded more sessions than
 * are remembered has a rate of its own, and beyond that counts against the peer.
 */
final class Claims {

    private static final int MAX_REMEMBERED = 64;

    /** The sessions' salts, the one that was refused first in front. */
    private final LinkedHashSet<ByteBuffer> refused = new LinkedHashSet<>();

    private final TokenBucket looks;

    Claims(SecurityLimits limits, long nowNanos) {
        this.looks = new TokenBucket(limits.handshakesPerSecond(), limits.handshakeBurst(), nowNanos);
    }

    /** Whether a handshake of this session was refused before. */
    boolean isRefused(byte[] salt) {
        return refused.contains(ByteBuffer.wrap(salt));
    }

    /** A handshake of this session had to be decrypted to be refused; true if that was not once too often. */
    boolean refuse(byte[] salt, long nowNanos) {
        if (refused.size() == MAX_REMEMBERED) {
            Iterator<ByteBuffer> first = refused.iterator();
            first.next();
            first.remove();
        }
        refused.add(ByteBuffer.wrap(salt));
        return looks.tryTake(nowNanos);
    }

    /** Another boot of the peer is let in: who was refused before may be it. */
    void forget() {
        refused.clear();
    }
}
