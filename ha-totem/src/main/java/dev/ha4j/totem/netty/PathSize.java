package dev.ha4j.totem.netty;

/**
 * How large datagrams to one peer may be: begins with what every network carries, and asks whether the largest that this
 * host's interface takes arrives. Asks again now and then, for routes change.
 */
final class PathSize {

    private static final int UNANSWERED_TO_GIVE_UP = 5;
    private static final int QUIET_INTERVALS = 300;

    private final int safeBytes;
    private final int wantedBytes;
    private final long intervalNanos;
    private int provenBytes;
    private int unanswered;
    private long askAtNanos;

    /** @param intervalNanos between questions that are not answered; it is asked again after 300 of them */
    PathSize(int safeBytes, int wantedBytes, long intervalNanos, long nowNanos) {
        this.safeBytes = safeBytes;
        this.wantedBytes = Math.max(safeBytes, wantedBytes);
        this.intervalNanos = intervalNanos;
        this.provenBytes = safeBytes;
        this.askAtNanos = nowNanos;
    }

    boolean isDue(long nowNanos) {
        return wantedBytes > safeBytes && askAtNanos - nowNanos <= 0;
    }

    /** The datagram's size to ask about. */
    int ask(long nowNanos) {
        unanswered++;
        if (unanswered > UNANSWERED_TO_GIVE_UP) {
            provenBytes = safeBytes;
            askLater(nowNanos);
        } else {
            askAtNanos = nowNanos + intervalNanos;
        }
        return wantedBytes;
    }

    void answered(int bytes, long nowNanos) {
        if (bytes == wantedBytes) {
            provenBytes = bytes;
            askLater(nowNanos);
        }
    }

    private void askLater(long nowNanos) {
        unanswered = 0;
        askAtNanos = nowNanos + QUIET_INTERVALS * intervalNanos;
    }

    int provenBytes() {
        return provenBytes;
    }

    long deadlineNanos() {
        return wantedBytes == safeBytes ? Long.MAX_VALUE : askAtNanos;
    }
}
