package dev.ha4j.totem.netty;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Timer;
import org.jspecify.annotations.Nullable;

/** The ring's one timer, which counts how late the loop comes to it. On the loop only. */
final class WakeUp {

    private final EventLoop loop;
    private final LinkCounters counters;
    private final Runnable task;
    private final long slackNanos;
    private final long stallNanos;
    private @Nullable Timer timer;
    private long armedForNanos = Long.MAX_VALUE;

    WakeUp(UdpRingConfig config, EventLoop loop, LinkCounters counters, Runnable task) {
        this.loop = loop;
        this.counters = counters;
        this.task = task;
        this.slackNanos = config.probeInterval().toNanos() / 8;
        this.stallNanos = config.ring().tokenTimeout().toNanos() / 4;
    }

    /** A timer that is a little early is left alone: moving it for every packet would cost more than the wake-up. */
    void at(long deadlineNanos, long nowNanos) {
        long earlyNanos = deadlineNanos - armedForNanos;
        if (timer != null && earlyNanos >= 0 && earlyNanos <= slackNanos) {
            return;
        }
        cancel();
        armedForNanos = deadlineNanos;
        timer = loop.schedule(Math.max(0, deadlineNanos - nowNanos), this::wake);
    }

    private void wake() {
        timer = null;
        counters.late(loop.clock().nanoTime() - armedForNanos, stallNanos);
        armedForNanos = Long.MAX_VALUE;
        task.run();
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
