package dev.ha4j.corosync.srp;

import dev.ha4j.api.report.TokenReport;
import java.time.Duration;

/** Measures how the token goes round, and counts what it brings about. */
final class TokenPace {

    private static final double MEAN_WEIGHT = 1.0 / 128;
    private static final int LATE_QUARTERS = 3;

    private final SrpConfig config;
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

    TokenPace(SrpConfig config) {
        this.config = config;
    }

    void visited(int backlogPackets, long now) {
        if (isRotating) {
            rotated(now - lastNanos);
        }
        isRotating = true;
        lastNanos = now;
        backlog = backlogPackets;
    }

    private void rotated(long rotationNanos) {
        rotations++;
        meanNanos += (rotationNanos - meanNanos) * (rotations == 1 ? 1 : MEAN_WEIGHT);
        longestNanos = Math.max(longestNanos, rotationNanos);
        late += rotationNanos > config.tokenTimeoutNanos() / 4 * LATE_QUARTERS ? 1 : 0;
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
                Duration.ofNanos(config.tokenTimeoutNanos()),
                rotations,
                Duration.ofNanos(Math.round(meanNanos)),
                Duration.ofNanos(longestNanos),
                Duration.ofNanos(isRotating ? now - lastNanos : 0),
                late,
                lost,
                retransmitted,
                requested,
                backlog,
                config.windowMessages());
    }
}
