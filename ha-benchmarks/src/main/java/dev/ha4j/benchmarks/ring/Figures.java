package dev.ha4j.benchmarks.ring;

import java.util.List;

/**
 * What a run showed.
 *
 * @param perSecond messages delivered per second at the slowest node
 * @param p50Nanos send to self-delivery, the slowest sender's; 0 if not measured
 * @param p99Nanos the same
 */
record Figures(long perSecond, long p50Nanos, long p99Nanos) {

    static Figures of(List<Figures> nodes) {
        return new Figures(
                nodes.stream().mapToLong(Figures::perSecond).min().orElse(0),
                nodes.stream().mapToLong(Figures::p50Nanos).max().orElse(0),
                nodes.stream().mapToLong(Figures::p99Nanos).max().orElse(0));
    }
}
