package dev.ha4j.totem.security.packet;

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

    /** What is not repeated for so long is over: hellos are repeated each second. */
    private static final long RECENT_NANOS = 60_000_000_000L;

    /** The sessions' salts, the one that was refused first in front. */
    private final LinkedHashSet<ByteBuffer> refused = new LinkedHashSet<>();

    private final TokenBucket looks;
    private final long restartNanos;
    private long count;
    private long firstNanos;
    private long lastNanos;

    Claims(SecurityLimits limits, long nowNanos) {
        this.looks = new TokenBucket(limits.handshakesPerSecond(), limits.handshakeBurst(), nowNanos);
        this.restartNanos = limits.incumbentQuiet().toNanos();
    }

    /** True if a handshake of this session was refused before: so is this one. */
    boolean refuseAgain(byte[] salt, long nowNanos) {
        boolean again = refused.contains(ByteBuffer.wrap(salt));
        if (again) {
            count(nowNanos);
        }
        return again;
    }

    private void count(long nowNanos) {
        if (count == 0 || nowNanos - lastNanos > RECENT_NANOS) {
            count = 0;
            firstNanos = nowNanos;
        }
        count++;
        lastNanos = nowNanos;
    }

    /** How often somebody was refused who still tries; 0 as long as it may be the peer itself, restarted before it was missed. */
    long lately(long nowNanos) {
        boolean lasts = lastNanos - firstNanos > restartNanos && nowNanos - lastNanos <= RECENT_NANOS;
        return lasts ? count : 0;
    }

    /** A handshake of this session had to be decrypted to be refused; true if that was not once too often. */
    boolean refuse(byte[] salt, long nowNanos) {
        if (refused.size() == MAX_REMEMBERED) {
            Iterator<ByteBuffer> first = refused.iterator();
            first.next();
            first.remove();
        }
        refused.add(ByteBuffer.wrap(salt));
        count(nowNanos);
        return looks.tryTake(nowNanos);
    }

    int remembered() {
        return refused.size();
    }

    /** Another boot of the peer is let in: who was refused before may be it. */
    void forget() {
        refused.clear();
        count = 0;
        firstNanos = lastNanos;
    }
}
