package dev.ha4j.totem.netty;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How large datagrams to one peer may be: begins with what every network carries, and asks whether the largest that this
 * host's interface takes arrives; if not, what networks in between are known to carry. Asks again now and then, for routes change,
 * and at once when something large seems lost.
 */
final class PathSize {

    /** What fits into 9,000, 8,896, 8,500, 3,900, 1,500 and 1,460 bytes with the headers of IPv6, which are the longer ones. */
    private static final int[] USUAL_BYTES = {8_952, 8_848, 8_452, 3_852, 1_452, 1_412};

    /** What is hardly less than the size before is not worth a question. */
    private static final int LEAST_STEP_BYTES = 40;

    private static final int UNANSWERED_TO_GIVE_UP = 5;

    /** Of the smaller sizes, of which there are many, and none of which anything depends on. */
    private static final int UNANSWERED_TO_GO_ON = 2;

    private static final int QUIET_INTERVALS = 300;

    /** After so many proofs of less than the interface takes, more is asked for. */
    private static final int PROOFS_UNTIL_MORE = 10;

    /** A path that was given up is tried again after this, then ever more rarely: it may only have been a bad moment. */
    private static final int FIRST_REST_INTERVALS = 25;

    /** Where datagrams of all sizes get lost, there is always a doubt. */
    private static final int INTERVALS_BETWEEN_DOUBTS = 5;

    private final int safeBytes;
    private final int[] sizes;
    private final long intervalNanos;
    private int provenBytes;
    private int asked;
    private int unanswered;
    private int proofs;
    private int restIntervals = FIRST_REST_INTERVALS;
    private long askAtNanos;
    private long doubtFromNanos;

    /** @param intervalNanos between questions that are not answered; a proof is asked for again after 300 of them */
    PathSize(int safeBytes, int wantedBytes, long intervalNanos, long nowNanos) {
        this.safeBytes = safeBytes;
        this.sizes = sizes(safeBytes, wantedBytes);
        this.intervalNanos = intervalNanos;
        this.provenBytes = safeBytes;
        this.askAtNanos = nowNanos;
    }

    /** The largest first; none if nothing larger than what is safe is wanted. */
    private static int[] sizes(int safeBytes, int wantedBytes) {
        IntStream smaller = Arrays.stream(USUAL_BYTES).filter(bytes -> bytes <= wantedBytes - LEAST_STEP_BYTES);
        return IntStream.concat(IntStream.of(wantedBytes), smaller)
                .filter(bytes -> bytes > safeBytes)
                .toArray();
    }

    boolean isDue(long nowNanos) {
        return sizes.length > 0 && askAtNanos - nowNanos <= 0;
    }

    /** The datagram's size to ask about. */
    int ask(long nowNanos) {
        int bytes = sizes[asked];
        unanswered++;
        if (unanswered > UNANSWERED_TO_GIVE_UP) {
            giveUp(bytes, nowNanos);
        } else {
            askAtNanos = nowNanos + intervalNanos;
        }
        return bytes;
    }

    private void giveUp(int bytes, long nowNanos) {
        if (bytes == provenBytes) {
            provenBytes = safeBytes;
            restIntervals = FIRST_REST_INTERVALS;
        }
        asked++;
        if (asked < sizes.length && sizes[asked] > provenBytes) {
            unanswered = UNANSWERED_TO_GIVE_UP - UNANSWERED_TO_GO_ON;
            askAtNanos = nowNanos + intervalNanos;
        } else if (isProven()) {
            askLater(QUIET_INTERVALS, nowNanos);
        } else {
            asked = 0;
            askLater(restIntervals, nowNanos);
            restIntervals = Math.min(2 * restIntervals, QUIET_INTERVALS);
        }
    }

    /** True if that is more than was proven before. */
    boolean answered(int bytes, long nowNanos) {
        int place = place(bytes);
        if (place == sizes.length || bytes < provenBytes) {
            return false;
        }
        boolean isMore = bytes > provenBytes;
        provenBytes = bytes;
        proofs = isMore ? 0 : (proofs + 1) % PROOFS_UNTIL_MORE;
        asked = isMore || proofs > 0 ? place : 0;
        doubtFromNanos = nowNanos + INTERVALS_BETWEEN_DOUBTS * intervalNanos;
        askLater(QUIET_INTERVALS, nowNanos);
        return isMore;
    }

    /** Among the sizes; behind them if it is none. */
    private int place(int bytes) {
        int place = 0;
        while (place < sizes.length && sizes[place] != bytes) {
            place++;
        }
        return place;
    }

    /** A message that went to this peer, among others, has to be sent again: its size may be why. True if that is asked now. */
    boolean doubt(long nowNanos) {
        boolean asks = isProven() && unanswered == 0 && doubtFromNanos - nowNanos <= 0 && askAtNanos - nowNanos > 0;
        if (asks) {
            asked = place(provenBytes);
            askAtNanos = nowNanos;
        }
        return asks;
    }

    /** The path is gone; where it comes back, it may be another one. */
    void forget() {
        provenBytes = safeBytes;
        asked = 0;
        unanswered = 0;
    }

    /** The path has come back, but for its size: true if that is asked now. */
    boolean askAgain(long nowNanos) {
        boolean asks = sizes.length > 0 && !isProven() && unanswered == 0 && askAtNanos - nowNanos > 0;
        if (asks) {
            askAtNanos = nowNanos;
        }
        return asks;
    }

    private boolean isProven() {
        return provenBytes > safeBytes;
    }

    private void askLater(int intervals, long nowNanos) {
        unanswered = 0;
        askAtNanos = nowNanos + intervals * intervalNanos;
    }

    int provenBytes() {
        return provenBytes;
    }

    long deadlineNanos() {
        return sizes.length == 0 ? Long.MAX_VALUE : askAtNanos;
    }
}
