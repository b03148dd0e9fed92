package dev.ha4j.node.metrics;

import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.node.HaNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Meters of one node, tagged with {@code cluster} and {@code node}; counters count since the node's start, gauges show what is. All
 * meters that are read within a second show the same instant.
 *
 * <ul>
 *   <li>The node: {@code ha4j.quorate} (0 or 1), {@code ha4j.problems}, {@code ha4j.resources.blocked}, {@code ha4j.delivery.waiting}
 *       (bytes between the ring and the controller), and the counter {@code ha4j.events} by {@code kind}.
 *   <li>Votes: {@code ha4j.quorum.votes} of the partition, {@code ha4j.quorum.threshold} that it needs, {@code ha4j.quorum.expected} of
 *       the whole cluster.
 *   <li>Flow: {@code ha4j.ring.members}, {@code ha4j.ring.queued} (own messages that wait), {@code ha4j.token.backlog} (messages that
 *       wait at all members), {@code ha4j.token.window} (messages that may go out in a rotation), and the counters
 *       {@code ha4j.ring.retransmitted} and {@code ha4j.ring.requested} (messages).
 *   <li>The token: {@code ha4j.token.rotation} (seconds, mean), {@code ha4j.token.timeout} (seconds), and the counters
 *       {@code ha4j.token.rotations}, {@code ha4j.token.late}, {@code ha4j.token.lost}.
 *   <li>Links: {@code ha4j.links} by {@code state} (up, down), {@code ha4j.link.roundtrip} (seconds) and {@code ha4j.link.loss} (0 to
 *       1) of the worst.
 *   <li>Network: the counters {@code ha4j.net.in}, {@code ha4j.net.out}, {@code ha4j.net.errors} (that the kernel did not send) and
 *       {@code ha4j.net.rejected} by {@code reason} (all of them datagrams), and {@code ha4j.key} (number of the key in use).
 *   <li>The ring's thread: the counter {@code ha4j.loop.stalls}, and {@code ha4j.loop.stall} (seconds, the longest since the start).
 * </ul>
 */
@SuppressWarnings("exports") // who uses this has micrometer, nobody else needs it
public final class Ha4jMetrics implements MeterBinder {

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final HaNode node;
    private final AtomicReference<Look> last;

    /** One report, made at one time. */
    private record Look(NodeReport report, long atNanos) {}

    public Ha4jMetrics(HaNode node) {
        this.node = node;
        this.last = new AtomicReference<>(look());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        NodeReport now = node.report();
        Tags tags = Tags.of("cluster", now.cluster(), "node", now.node());
        Meters meters = new Meters(registry, tags, node, this::report);
        meters.gauge("ha4j.quorate", report -> report.quorum().quorate() ? 1 : 0);
        meters.gauge("ha4j.quorum.votes", report -> report.quorum().votes());
        meters.gauge("ha4j.quorum.threshold", report -> report.quorum().threshold());
        meters.gauge("ha4j.quorum.expected", report -> report.quorum().expected());
        meters.gauge("ha4j.delivery.waiting", report -> report.ring().undeliveredBytes());
        meters.gauge(
                "ha4j.resources.blocked",
                report -> report.resources().stream()
                        .filter(resource -> !resource.isWell())
                        .count());
        meters.gauge("ha4j.problems", report -> report.problems().size());
        RingMeters.bind(meters);
        count(registry, tags);
    }

    private Look look() {
        return new Look(node.report(), System.nanoTime());
    }

    /** A report has a plan in it: one serves all meters that are read together. */
    private NodeReport report() {
        return last.updateAndGet(look -> System.nanoTime() - look.atNanos() < FRESH_NANOS ? look : look())
                .report();
    }

    /** Listens for as long as the node lives. */
    private void count(MeterRegistry registry, Tags tags) {
        Map<NodeEvent.Kind, Counter> counters = new EnumMap<>(NodeEvent.Kind.class);
        for (NodeEvent.Kind kind : NodeEvent.Kind.values()) {
            Tags all = tags.and("kind", kind.name().toLowerCase(Locale.ROOT));
            counters.put(kind, Counter.builder("ha4j.events").tags(all).register(registry));
        }
        var unused = node.listen(event -> {
            Counter counter = counters.get(event.kind());
            if (counter != null) {
                counter.increment();
            }
        });
    }
}
