package dev.ha4j.testkit.ring;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One link in one direction between two hosts, and what is wrong with it. */
final class Path {

    /** What a healthy path does. */
    static final Trouble NONE = new Trouble(0, 0, 0, 0, 0, 0, Integer.MAX_VALUE);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** What a router keeps; the rest it drops. */
    private static final long LONGEST_QUEUE_NANOS = 50_000_000L;

    private static final OptionalLong NO_QUEUE = OptionalLong.of(0);

    private int cuts;
    private int rejections;
    private @Nullable Trouble trouble;
    private long burstUntilNanos;
    private long bitsPerSecond;
    private long busyUntilNanos;
    private double groupLoss;

    /**
     * What a path does to datagrams, besides being slow.
     *
     * @param loss share that never arrives
     * @param burstNanos what is lost is lost together, for about so long; 0 if each is lost by itself
     * @param duplication share that arrives twice
     * @param damage share of which a bit is changed
     * @param lateNanos further delay
     * @param spreadNanos yet further delay, up to this, so that datagrams overtake each other
     * @param mostBytes larger ones never arrive
     */
    record Trouble(
            double loss,
            long burstNanos,
            double duplication,
            double damage,
            long lateNanos,
            long spreadNanos,
            int mostBytes) {

        static Trouble loss(double share, long burstNanos) {
            return new Trouble(share, burstNanos, 0, 0, 0, 0, Integer.MAX_VALUE);
        }

        static Trouble duplication(double share) {
            return new Trouble(0, 0, share, 0, 0, 0, Integer.MAX_VALUE);
        }

        static Trouble damage(double share) {
            return new Trouble(0, 0, 0, share, 0, 0, Integer.MAX_VALUE);
        }

        static Trouble delay(long lateNanos, long spreadNanos) {
            return new Trouble(0, 0, 0, 0, lateNanos, spreadNanos, Integer.MAX_VALUE);
        }

        static Trouble hole(int mostBytes) {
            return new Trouble(0, 0, 0, 0, 0, 0, mostBytes);
        }
    }

    void cut() {
        cuts++;
    }

    void mend() {
        cuts--;
    }

    /** A firewall answers for the host that nobody listens there. */
    void reject() {
        rejections++;
    }

    void admit() {
        rejections--;
    }

    void trouble(Trouble now) {
        trouble = now;
    }

    void heal() {
        cuts = 0;
        rejections = 0;
        trouble = null;
        bitsPerSecond = 0;
        groupLoss = 0;
    }

    /** Carries no more than this from now on; 0 for as much as you like. */
    void limit(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
        busyUntilNanos = 0;
    }

    /** How long the datagram waits for its turn, and is on its way; empty if too many wait before it. */
    OptionalLong queued(long bits, long nowNanos) {
        if (bitsPerSecond == 0) {
            return NO_QUEUE;
        }
        long begin = Math.max(nowNanos, busyUntilNanos);
        if (begin - nowNanos > LONGEST_QUEUE_NANOS) {
            return OptionalLong.empty();
        }
        busyUntilNanos = begin + bits * NANOS_PER_SECOND / bitsPerSecond;
        return OptionalLong.of(busyUntilNanos - nowNanos);
    }

    /** This share of what goes to multicast groups never arrives. */
    void groupLoss(double share) {
        groupLoss = share;
    }

    double groupLoss() {
        return groupLoss;
    }

    boolean isCut() {
        return cuts > 0;
    }

    boolean isRejecting() {
        return rejections > 0;
    }

    Trouble trouble() {
        return trouble == null ? NONE : trouble;
    }

    boolean isInBurst(long nowNanos) {
        return burstUntilNanos > nowNanos;
    }

    void burst(long untilNanos) {
        burstUntilNanos = untilNanos;
    }
}
