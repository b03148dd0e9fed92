package dev.ha4j.resources.policy;

import java.util.OptionalLong;

/** The next time at which the plan may change although nothing happens. */
final class Recheck {
    private final long nowSeconds;
    private long nextSeconds = Long.MAX_VALUE;

    Recheck(long nowSeconds) {
        this.nowSeconds = nowSeconds;
    }

    void at(long seconds) {
        if (seconds > nowSeconds) {
            nextSeconds = Math.min(nextSeconds, seconds);
        }
    }

    OptionalLong next() {
        return nextSeconds == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(nextSeconds);
    }
}
