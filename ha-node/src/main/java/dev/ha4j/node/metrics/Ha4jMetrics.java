package dev.ha4j.node.metrics;

import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.node.HaNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Gauges and counters of one node, tagged with {@code cluster} and {@code node}: {@code ha4j.quorate} (0 or 1),
 * {@code ha4j.ring.members}, {@code ha4j.ring.queued} (messages), {@code ha4j.delivery.waiting} (bytes),
 * {@code ha4j.resources.blocked}, {@code ha4j.problems}, and {@code ha4j.events} by {@code kind}.
 */
@SuppressWarnings("exports") // who uses this has micrometer, nobody else needs it
public final class Ha4jMetrics implements MeterBinder {

    private final HaNode node;

    public Ha4jMetrics(HaNode node) {
        this.node = node;
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
        count(registry, tags);
    }

    private void gauge(MeterRegistry registry, Tags tags, String name, ToDoubleFunction<NodeReport> value) {
        Gauge.builder(name, node, it -> value.applyAsDouble(it.report()))
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
