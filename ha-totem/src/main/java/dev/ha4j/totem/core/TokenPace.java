package dev.ha4j.totem.core;

import dev.ha4j.api.report.TokenReport;
import dev.ha4j.totem.Token;
import java.time.Duration;

/** Measures how the token goes round, and counts what it brings about. */
final class TokenPace {

    private static final double MEAN_WEIGHT = 1.0 / 128;
    private static final int WARNING_QUARTERS = 3;

    private final LossTimeout timeout;
    private boolean isRotating;
    private long lastNanos;
    private double meanNanos;
    private long longestNanos;
    private long rotations;
    private long late;
    private long lost;
    private long retransmitted;
    private long requested;
    private int backlog;
    private int window;

    TokenPace(LossTimeout timeout) {
        this.timeout = timeout;
    }

    /** True if it was so late that somebody should know. */
    boolean visited(Token token, long now) {
        long rotationNanos = now - lastNanos;
        boolean wasRotating = isRotating;
        isRotating = true;
        lastNanos = now;
        backlog = token.backlog();
        window = token.window();
        if (!wasRotating) {
            return false;
        }
        rotations++;
        meanNanos += (rotationNanos - meanNanos) * (rotations == 1 ? 1 : MEAN_WEIGHT);
        longestNanos = Math.max(longestNanos, rotationNanos);
        boolean isLate = rotationNanos > timeout.nanos() / 4 * WARNING_QUARTERS;
        timeout.rotated(rotationNanos, now);
        late += isLate ? 1 : 0;
        return isLate;
    }

    /** The next token is the first of another ring. */
    void stopped() {
        isRotating = false;
    }

    void lost() {
        lost++;
    }

    void retransmitted(int messages) {
        retransmitted += messages;
    }

    void requested() {
        requested++;
    }

    TokenReport report(long now) {
        return new TokenReport(
                Duration.ofNanos(timeout.nanos()),
                rotations,
                Duration.ofNanos(Math.round(meanNanos)),
                Duration.ofNanos(longestNanos),
                Duration.ofNanos(isRotating ? now - lastNanos : 0),
                late,
                lost,
                retransmitted,
                requested,
                backlog,
                window);
    }
}
