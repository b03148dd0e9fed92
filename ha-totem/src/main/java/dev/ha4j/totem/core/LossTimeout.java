package dev.ha4j.totem.core;

import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;

/**
 * How long a member waits for the token before it considers the ring broken: the token timeout or, where the ring may find out
 * itself, as many times the longest rotation of late as a lost token takes to be repeated. Never more than the token timeout, for
 * leases rest on that, and never less than the floor.
 *
 * <p>A ring that nothing is known of yet has the whole token timeout. A ring that was given up although nobody was lost was
 * given up too soon: then the token timeout is kept for a while, longer each time. All members see the same rings, and nearly the
 * same rotations: a long one here may be two of half the length elsewhere. So nothing but a member's own patience follows from its
 * timeout; what others wait for has the pace of the floor.
 */
final class LossTimeout {

    /** A token is repeated four times before it is lost. */
    private static final double ROTATIONS = 4.2;

    /** So many rotations, and a token timeout, have to be seen before anything follows from them. */
    private static final int ROTATIONS_TO_KNOW = 16;

    /** The longest rotation is forgotten in about so many token timeouts. */
    private static final int MEMORY_TOKEN_TIMEOUTS = 30;

    private static final int MAX_BACK_OFF_DOUBLINGS = 6;

    private final boolean isAdaptive;
    private final long mostNanos;
    private final long leastNanos;
    private final long holdNanos;
    private final long backOffNanos;
    private long nanos;
    private double longestNanos;
    private int rotations;
    private long knownFromNanos;
    private boolean isBackingOff;
    private long backOffUntilNanos;
    private int doublings;
    private boolean hasHurried;

    LossTimeout(RingConfig config) {
        this.isAdaptive = config.times().isAdaptive();
        this.mostNanos = config.nanos(RingTime.TOKEN_TIMEOUT);
        this.leastNanos = config.nanos(RingTime.DETECTION_FLOOR);
        this.holdNanos = config.nanos(RingTime.HOLD);
        this.backOffNanos = config.nanos(RingTime.SUSPICION_BACK_OFF);
        this.nanos = mostNanos;
    }

    long nanos() {
        return nanos;
    }

    /** Another ring forms: nothing is known of it. */
    void forming(long now) {
        hasHurried = nanos < mostNanos;
        nanos = mostNanos;
        longestNanos = 0;
        rotations = 0;
        knownFromNanos = now + mostNanos;
    }

    /** It is installed; nobody was lost, and nobody has come, if it has the members of the one before. */
    void installed(boolean hasSameMembers, long now) {
        if (hasHurried && hasSameMembers) {
            isBackingOff = true;
            backOffUntilNanos = now + (backOffNanos << doublings);
            doublings = Math.min(doublings + 1, MAX_BACK_OFF_DOUBLINGS);
        }
        hasHurried = false;
    }

    void rotated(long tookNanos, long now) {
        if (!isAdaptive) {
            return;
        }
        rotations = Math.min(rotations + 1, ROTATIONS_TO_KNOW);
        double kept = Math.max(0, 1 - (double) tookNanos / (MEMORY_TOKEN_TIMEOUTS * (double) mostNanos));
        longestNanos = Math.max(
                longestNanos * kept, (double) (tookNanos - holdNanos)); // an idle ring's token is held on purpose
        isBackingOff &= backOffUntilNanos - now > 0;
        boolean isKnown = rotations == ROTATIONS_TO_KNOW && knownFromNanos - now <= 0;
        nanos = isKnown && !isBackingOff ? bounded(ROTATIONS * (longestNanos + holdNanos)) : mostNanos;
    }

    private long bounded(double wantedNanos) {
        return Math.min(mostNanos, Math.max(leastNanos, Math.round(wantedNanos)));
    }
}
