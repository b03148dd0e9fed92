package dev.ha4j.totem.netty;

import java.util.ArrayDeque;
import java.util.Collections;

/**
 * Whether one link to one peer works both ways, by pings and their answers. It is up after some answers in a row, and down when
 * none came for the timeout. Each time it goes down it takes twice as many answers to come up again, until it has been up for long:
 * a link that flaps is not trusted at once.
 */
final class LinkHealth {

    private static final int MOST_TIMES_AS_MANY_ANSWERS = 16;
    private static final int INTERVALS_TO_BE_TRUSTED_AGAIN = 200;
    private static final double ROUND_TRIP_WEIGHT = 1.0 / 8;
    private static final int LATEST = 4;
    private static final double LOSS_WEIGHT = 1.0 / 64;

    private long intervalNanos;
    private long timeoutNanos;
    private boolean up;
    private final int answersUntilUp;
    private int needed;
    private int answersInARow;
    private boolean asked;
    private boolean answered;
    private long pingAtNanos;
    private long upSinceNanos;
    private long answeredAtNanos;
    private double roundTripNanos;
    private final ArrayDeque<Long> latestNanos = new ArrayDeque<>();
    private double loss;
    private long ups;
    private long downs;
    private long shortestNanos;
    private long longestNanos;

    LinkHealth(long intervalNanos, long timeoutNanos, int answersUntilUp, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.timeoutNanos = timeoutNanos;
        this.answersUntilUp = answersUntilUp;
        this.needed = answersUntilUp;
        this.pingAtNanos = nowNanos;
        this.answeredAtNanos = nowNanos;
    }

    /** Pings go out at another pace from now on; silence is measured anew. */
    void pace(long newIntervalNanos, long newTimeoutNanos, long nowNanos) {
        if (newIntervalNanos != intervalNanos) {
            intervalNanos = newIntervalNanos;
            pingAtNanos = nowNanos;
            answeredAtNanos = nowNanos;
        }
        timeoutNanos = newTimeoutNanos;
    }

    /** Whether a ping may go out now that the loop is awake; it has to at the {@link #deadlineNanos deadline}. */
    boolean isDue(long nowNanos) {
        return soonestNanos() - nowNanos <= 0;
    }

    private long soonestNanos() {
        return pingAtNanos - (intervalNanos - ProbePace.soon(intervalNanos));
    }

    /** A ping goes out; the one before has been answered by now, or is lost. */
    void pinged(long nowNanos) {
        if (asked) {
            loss += ((answered ? 0 : 1) - loss) * LOSS_WEIGHT;
            answersInARow = answered ? answersInARow : 0;
        }
        asked = true;
        answered = false;
        pingAtNanos = nowNanos + intervalNanos;
    }

    /** A ping that was sent then has come back; true if the link has just come up. */
    boolean answered(long sentNanos, long nowNanos) {
        long sampleNanos = nowNanos - sentNanos;
        if (sampleNanos < 0 || sampleNanos > timeoutNanos) {
            return false;
        }
        measure(sampleNanos);
        shortestNanos = shortestNanos == 0 ? sampleNanos : Math.min(shortestNanos, sampleNanos);
        longestNanos = Math.max(longestNanos, sampleNanos);
        answered = true;
        answeredAtNanos = nowNanos;
        answersInARow++;
        if (up || answersInARow < needed) {
            return false;
        }
        up = true;
        ups++;
        upSinceNanos = nowNanos;
        return true;
    }

    private void measure(long sampleNanos) {
        roundTripNanos += (sampleNanos - roundTripNanos) * (roundTripNanos == 0 ? 1 : ROUND_TRIP_WEIGHT);
        if (latestNanos.size() == LATEST) {
            latestNanos.removeFirst();
        }
        latestNanos.addLast(sampleNanos);
    }

    /** True if the link has just gone down. */
    boolean goesDown(long nowNanos) {
        if (up && nowNanos - upSinceNanos > INTERVALS_TO_BE_TRUSTED_AGAIN * intervalNanos) {
            needed = answersUntilUp;
        }
        if (!up || nowNanos - answeredAtNanos < timeoutNanos) {
            return false;
        }
        up = false;
        answersInARow = 0;
        downs++;
        needed = Math.min(2 * needed, MOST_TIMES_AS_MANY_ANSWERS * answersUntilUp);
        return true;
    }

    /** It has had its time to answer. A link that is neither up nor down has not been judged yet. */
    boolean isDown(long nowNanos) {
        return !up && nowNanos - answeredAtNanos >= timeoutNanos;
    }

    boolean isUp() {
        return up;
    }

    long roundTripNanos() {
        return Math.round(roundTripNanos);
    }

    /**
     * How long an answer may take, by what the path took lately; 0 if nothing is known yet. By the shortest, for a node that has just
     * started, or was busy, answers late for a while on a path that is short.
     */
    long answerNanos() {
        return latestNanos.isEmpty() ? 0 : 2 * Collections.min(latestNanos);
    }

    long shortestNanos() {
        return shortestNanos;
    }

    long longestNanos() {
        return longestNanos;
    }

    long ups() {
        return ups;
    }

    double loss() {
        return loss;
    }

    long downs() {
        return downs;
    }

    /** Before this there is nothing to do. */
    long dueNanos() {
        return Math.min(soonestNanos(), deadlineNanos());
    }

    long deadlineNanos() {
        return up ? Math.min(pingAtNanos, answeredAtNanos + timeoutNanos) : pingAtNanos;
    }
}
