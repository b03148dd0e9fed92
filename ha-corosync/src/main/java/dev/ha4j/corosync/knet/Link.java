package dev.ha4j.corosync.knet;

import java.util.OptionalLong;

/** One link to one node: in use while its pings are answered. */
final class Link {

    /** Weight of a new round trip in their mean: an eighth, as TCP does it. */
    private static final int MEAN_SHIFT = 3;

    private final int number;
    private final LinkSettings settings;
    private boolean connected;
    private int pongs;
    private long nextPing;
    private boolean pinged;
    private OptionalLong unansweredSince = OptionalLong.empty();
    private OptionalLong roundTripNanos = OptionalLong.empty();

    Link(int number, LinkSettings settings) {
        this.number = number;
        this.settings = settings;
    }

    int number() {
        return number;
    }

    int priority() {
        return settings.priority();
    }

    boolean isConnected() {
        return connected;
    }

    /** Their mean; empty before the first. */
    OptionalLong roundTripNanos() {
        return roundTripNanos;
    }

    boolean isPingDue(long now) {
        return !pinged || nextPing - now <= 0;
    }

    void pinged(long now) {
        pinged = true;
        nextPing = now + settings.pingNanos();
        if (unansweredSince.isEmpty()) {
            unansweredSince = OptionalLong.of(now);
        }
    }

    /** Whether the link is in use by this. */
    boolean ponged(long roundTrip) {
        unansweredSince = OptionalLong.empty();
        roundTripNanos = OptionalLong.of(
                roundTripNanos.isEmpty()
                        ? roundTrip
                        : roundTripNanos.getAsLong() + ((roundTrip - roundTripNanos.getAsLong()) >> MEAN_SHIFT));
        pongs = Math.min(pongs + 1, settings.pongs());
        boolean comesUp = !connected && pongs == settings.pongs();
        connected |= comesUp;
        return comesUp;
    }

    /** Says nothing for the link, but nothing against it: this process may have stood still while the pong lay here. */
    void pongedLate() {
        unansweredSince = OptionalLong.empty();
    }

    /** Whether the link is out of use by this. */
    boolean timedOut(long now) {
        if (unansweredSince.isEmpty() || now - unansweredSince.getAsLong() < settings.timeoutNanos()) {
            return false;
        }
        unansweredSince = OptionalLong.empty();
        pongs = 0;
        boolean goesDown = connected;
        connected = false;
        return goesDown;
    }

    long timeoutNanos() {
        return settings.timeoutNanos();
    }

    long untilNext(long now) {
        if (!pinged) {
            return 0;
        }
        long untilPing = Math.max(0, nextPing - now);
        return unansweredSince.isEmpty()
                ? untilPing
                : Math.min(untilPing, Math.max(0, unansweredSince.getAsLong() + settings.timeoutNanos() - now));
    }
}
