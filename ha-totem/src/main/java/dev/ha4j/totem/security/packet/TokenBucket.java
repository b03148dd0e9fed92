package dev.ha4j.totem.security.packet;

/** Lets a burst through at once, and after that one act per interval. */
final class TokenBucket {

    private final long intervalNanos;
    private final long burstNanos;
    private long nextFreeNanos;

    TokenBucket(int perSecond, int burst, long nowNanos) {
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.burstNanos = intervalNanos * (burst - 1);
        this.nextFreeNanos = nowNanos;
    }

    boolean tryTake(long nowNanos) {
        long debtNanos = Math.max(0, nextFreeNanos - nowNanos);
        if (debtNanos > burstNanos) {
            return false;
        }
        nextFreeNanos = nowNanos + debtNanos + intervalNanos;
        return true;
    }

    /** The last act was none. */
    void giveBack() {
        nextFreeNanos -= intervalNanos;
    }
}
