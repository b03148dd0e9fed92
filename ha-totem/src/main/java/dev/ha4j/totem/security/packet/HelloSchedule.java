package dev.ha4j.totem.security.packet;

/** When to say hello to a peer: at once when its session is wanted, then ever more rarely until it is confirmed. */
final class HelloSchedule {

    private final long firstIntervalNanos;
    private final long maxIntervalNanos;
    private boolean wanted;
    private long dueNanos;
    private long intervalNanos;

    HelloSchedule(SecurityLimits limits) {
        this.firstIntervalNanos = limits.firstHelloInterval().toNanos();
        this.maxIntervalNanos = limits.maxHelloInterval().toNanos();
    }

    void start(long nowNanos) {
        wanted = true;
        dueNanos = nowNanos;
        intervalNanos = firstIntervalNanos;
    }

    /** A challenge has just gone out in an answer; a hello follows if nothing comes of it. */
    void startLater(long nowNanos) {
        if (!wanted) {
            start(nowNanos + firstIntervalNanos);
        }
    }

    void stop() {
        wanted = false;
    }

    boolean isDue(long nowNanos) {
        return wanted && dueNanos - nowNanos <= 0;
    }

    void sent(long nowNanos) {
        dueNanos = nowNanos + intervalNanos;
        intervalNanos = Math.min(2 * intervalNanos, maxIntervalNanos);
    }

    long deadlineNanos() {
        return wanted ? dueNanos : Long.MAX_VALUE;
    }
}
