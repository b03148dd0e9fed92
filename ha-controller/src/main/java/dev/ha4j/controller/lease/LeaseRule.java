package dev.ha4j.controller.lease;

import java.time.Duration;
import java.util.Objects;

/**
 * The arithmetic of leases.
 *
 * @param length L: a node may act for so long after it first sent a token that came back to it
 * @param guard g: time in which a node whose lease is over has stopped its exclusive roles
 * @param driftPartsPerMillion d: how much faster or slower than true time a clock may run
 * @param margin added to what others wait
 * @param pauseLimit a thread that was not run for longer than this takes the lease for suspended
 */
public record LeaseRule(
        Duration length, Duration guard, int driftPartsPerMillion, Duration margin, Duration pauseLimit) {

    public LeaseRule {
        Objects.requireNonNull(length, "length");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(margin, "margin");
        Objects.requireNonNull(pauseLimit, "pauseLimit");
        if (length.isNegative() || length.isZero() || guard.isNegative() || margin.isNegative()) {
            throw new IllegalArgumentException("a lease needs a positive length, and no negative guard or margin");
        }
    }

    /** Long enough that another node's death (hold, token, consensus, state exchange) ends nobody's lease: three tokens. */
    public static LeaseRule forToken(Duration token) {
        return new LeaseRule(token.multipliedBy(3), token.dividedBy(5), 200, token.dividedBy(10), token.dividedBy(2));
    }

    /** Until when a lease holds by a token that was first sent at this instant and came back. */
    public long expiryNanos(long firstSentNanos) {
        return firstSentNanos + length.toNanos();
    }

    /** (L + g)(1 + 2d) + margin: how long others wait after the last token that the holder may have taken part in. */
    public Duration successorWait() {
        long held = length.plus(guard).toNanos();
        long drift = (held * 2 * driftPartsPerMillion + 999_999L) / 1_000_000L;
        return Duration.ofNanos(held + drift).plus(margin);
    }
}
