package dev.ha4j.node.metrics;

import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.node.HaNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * Gauges and counters of one node, tagged with {@code cluster} and {@code node}: {@code ha4j.quorate} (0 or 1),
 * {@code ha4j.ring.members}, {@code ha4j.ring.queued} (messages), {@code ha4j.delivery.waiting} (bytes),
 * {@code ha4j.resources.blocked}, {@code ha4j.problems}, {@code ha4j.links} by {@code state} (up, down),
 * {@code ha4j.link.roundtrip} (seconds, of the slowest), {@code ha4j.token.rotation} (seconds, mean), {@code ha4j.token.late},
 * {@code ha4j.token.lost}, {@code ha4j.ring.retransmitted}, {@code ha4j.net.rejected}, {@code ha4j.loop.stall} (seconds, longest),
 * {@code ha4j.key} (number of the key in use), and {@code ha4j.events} by {@code kind}. All meters that are read within a second show
 * the same instant.
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
        gauge(registry, tags, "ha4j.quorate", report -> report.quorum().quorate() ? 1 : 0);
        gauge(
                registry,
                tags,
                "ha4j.ring.members",
                report -> report.ring().members().size());
        gauge(registry, tags, "ha4j.ring.queued", report -> report.ring().queuedMessages());
        gauge(registry, tags, "ha4j.delivery.waiting", report -> report.ring().undeliveredBytes());
        gauge(
                registry,
                tags,
                "ha4j.resources.blocked",
                report -> report.resources().stream()
                        .filter(resource -> !resource.isWell())
                        .count());
        gauge(registry, tags, "ha4j.problems", report -> report.problems().size());
        ring(registry, tags);
        count(registry, tags);
    }

    private void ring(MeterRegistry registry, Tags tags) {
        gauge(registry, tags.and("state", "up"), "ha4j.links", report -> links(report, true));
        gauge(registry, tags.and("state", "down"), "ha4j.links", report -> links(report, false));
        gauge(
                registry,
                tags,
                "ha4j.link.roundtrip",
                report -> report.ring().links().stream()
                        .mapToDouble(link -> seconds(link.roundTrip()))
                        .max()
                        .orElse(0));
        gauge(
                registry,
                tags,
                "ha4j.token.rotation",
                report -> seconds(report.ring().token().meanRotation()));
        gauge(
                registry,
                tags,
                "ha4j.token.timeout",
                report -> seconds(report.ring().token().timeout()));
        counter(
                registry,
                tags,
                "ha4j.token.late",
                report -> report.ring().token().late());
        counter(
                registry,
                tags,
                "ha4j.token.lost",
                report -> report.ring().token().lost());
        counter(
                registry,
                tags,
                "ha4j.ring.retransmitted",
                report -> report.ring().token().retransmitted());
        counter(
                registry,
                tags,
                "ha4j.net.rejected",
                report -> report.ring().network().rejected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        gauge(
                registry,
                tags,
                "ha4j.loop.stall",
                report -> seconds(report.ring().network().longestStall()));
        gauge(registry, tags, "ha4j.key", report -> report.ring().network().keyNumber());
    }

    private static long links(NodeReport report, boolean up) {
        return report.ring().links().stream().filter(link -> link.up() == up).count();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private Look look() {
        return new Look(node.report(), System.nanoTime());
    }

    /** A report has a plan in it: one serves all meters that are read together. */
    private NodeReport report() {
        return last.updateAndGet(look -> System.nanoTime() - look.atNanos() < FRESH_NANOS ? look : look())
                .report();
    }

    private void counter(MeterRegistry registry, Tags tags, String name, ToDoubleFunction<NodeReport> value) {
        FunctionCounter.builder(name, node, it -> value.applyAsDouble(report()))
                .tags(tags)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, Tags tags, String name, ToDoubleFunction<NodeReport> value) {
        Gauge.builder(name, node, it -> value.applyAsDouble(report()))
                .tags(tags)
                .register(registry);
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
