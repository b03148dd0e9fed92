package dev.ha4j.testkit.ring;

import dev.ha4j.totem.netty.LinkReport;
import dev.ha4j.totem.netty.UdpRingReport;
import dev.ha4j.totem.security.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What the rings of all lives counted themselves. */
final class RingTotals {

    private static final int SAFE_BYTES = 1_400;

    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private final TreeMap<String, Long> counters = new TreeMap<>();
    private final TreeMap<String, UdpRingReport> running = new TreeMap<>();
    private long linkDowns;
    private long refusals;
    private long largePaths;
    private long narrowPaths;

    void ended(UdpRingReport report) {
        report.security().rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        report.ring().counters().forEach((name, count) -> counters.merge(name, count, Long::sum));
        linkDowns += report.links().stream().mapToLong(LinkReport::downs).sum();
        refusals += report.refusals();
        largePaths += report.links().stream()
                .filter(link -> link.datagramBytes() > SAFE_BYTES)
                .count();
        narrowPaths += report.links().stream()
                .filter(link -> link.up() && link.datagramBytes() <= SAFE_BYTES)
                .count();
    }

    /** The last look at one that still runs. */
    void running(RingHost host, UdpRingReport report) {
        running.put(host.toString(), report);
    }

    /** Adds those that still run to those that have ended; once, at the end. */
    RingTotals sum() {
        running.values().forEach(this::ended);
        running.clear();
        return this;
    }

    long rejected(RejectReason reason) {
        return rejected.getOrDefault(reason, 0L);
    }

    long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    long linkDowns() {
        return linkDowns;
    }

    long largePaths() {
        return largePaths;
    }

    long narrowPaths() {
        return narrowPaths;
    }

    long refusals() {
        return refusals;
    }
}
