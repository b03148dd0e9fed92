package dev.ha4j.testkit.ring;

import org.jspecify.annotations.Nullable;

/** One link in one direction between two hosts, and what is wrong with it. */
final class Path {

    /** What a healthy path does. */
    static final Trouble NONE = new Trouble(0, 0, 0, 0, 0, 0, Integer.MAX_VALUE);

    private int cuts;
    private int rejections;
    private @Nullable Trouble trouble;
    private long burstUntilNanos;

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
