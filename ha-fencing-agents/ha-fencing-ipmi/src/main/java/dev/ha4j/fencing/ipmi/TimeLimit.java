package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.FenceRequest.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The sooner of the caller's deadline and the time for one action. For the calling thread alone. */
final class TimeLimit {

    private final Deadline deadline;
    private final long startNanos = System.nanoTime();
    private final long actionNanos;
    private final long perTryNanos;

    TimeLimit(Deadline deadline, IpmiSettings.Pace pace) {
        this.deadline = deadline;
        this.actionNanos = pace.perAction().toNanos();
        this.perTryNanos = pace.perTry().toNanos();
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    long remainingNanos() {
        Duration left = deadline.remaining();
        long deadlineNanos = left.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : left.toNanos();
        return Math.max(0, Math.min(deadlineNanos, actionNanos - elapsedNanos()));
    }

    long nextTryNanos() {
        return Math.min(perTryNanos, remainingNanos());
    }

    boolean isOver() {
        return remainingNanos() == 0;
    }

    void pause(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        long whole = Math.min(nanos, remainingNanos());
        for (long left = whole; left > 0; left = whole - (System.nanoTime() - begin)) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
