package dev.ha4j.benchmarks.ring;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a run showed.
 *
 * @param perSecond messages delivered per second at the slowest node
 * @param p50Nanos send to self-delivery, the slowest sender's; 0 if not measured
 * @param p99Nanos the same
 * @param cpuNanos processor time per message, of all processes together
 * @param allocatedBytes on the heap per delivered message, at the node that allocates most; empty if there is no such heap
 * @param fairPercent messages of the sender who got through the fewest, in percent of who got through the most; empty if not
 *     counted
 */
record Figures(
        long perSecond,
        long p50Nanos,
        long p99Nanos,
        long cpuNanos,
        OptionalLong allocatedBytes,
        OptionalLong fairPercent) {

    /** One node's answer, in words; processes outside the JVM don't have the last two. */
    static Figures of(String[] words) {
        boolean isJvm = words.length > 7;
        return new Figures(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                0,
                isJvm ? OptionalLong.of(Long.parseLong(words[6])) : OptionalLong.empty(),
                isJvm ? OptionalLong.of(Long.parseLong(words[7])) : OptionalLong.empty());
    }

    static Figures of(List<Figures> nodes, long cpuNanos) {
        return new Figures(
                nodes.stream().mapToLong(Figures::perSecond).min().orElse(0),
                nodes.stream().mapToLong(Figures::p50Nanos).max().orElse(0),
                nodes.stream().mapToLong(Figures::p99Nanos).max().orElse(0),
                cpuNanos,
                nodes.stream()
                        .flatMapToLong(node -> node.allocatedBytes().stream())
                        .max(),
                nodes.stream()
                        .flatMapToLong(node -> node.fairPercent().stream())
                        .min());
    }
}
