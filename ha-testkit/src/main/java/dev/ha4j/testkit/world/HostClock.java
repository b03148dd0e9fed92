package dev.ha4j.testkit.world;

import dev.ha4j.runtime.LeaseClock;
import dev.ha4j.runtime.NanoClock;

/** A host's monotonic clock: another origin with each boot, a little too fast or too slow. */
public final class HostClock implements NanoClock, LeaseClock {

    private static final long MILLION = 1_000_000L;

    private final VirtualTime time;
    private final long bootNanos;
    private final long originNanos;
    private final long rate;

    public HostClock(VirtualTime time, long originNanos, int driftPartsPerMillion) {
        this.time = time;
        this.bootNanos = time.now();
        this.originNanos = originNanos;
        this.rate = MILLION + driftPartsPerMillion;
    }

    @Override
    public long nanoTime() {
        long passed = time.now() - bootNanos;
        return originNanos + passed / MILLION * rate + passed % MILLION * rate / MILLION;
    }

    /** How long the world takes for this much of the host's time, rounded up: a timer is never early. */
    long worldNanos(long localNanos) {
        if (localNanos <= 0) {
            return 0;
        }
        return localNanos / rate * MILLION + (localNanos % rate * MILLION + rate - 1) / rate + 1;
    }
}
