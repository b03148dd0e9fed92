package dev.ha4j.node.metrics;

import dev.ha4j.api.report.NodeReport;
import dev.ha4j.node.HaNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Where meters that read a node's report are registered, and under which tags. */
record Meters(MeterRegistry registry, Tags tags, HaNode node, Supplier<NodeReport> latest) {

    Meters with(String tag, String value) {
        return new Meters(registry, tags.and(tag, value), node, latest);
    }

    void gauge(String name, ToDoubleFunction<NodeReport> value) {
        Gauge.builder(name, node, it -> value.applyAsDouble(latest.get()))
                .tags(tags)
                .register(registry);
    }

    /** Of something that only grows. */
    void counter(String name, ToDoubleFunction<NodeReport> value) {
        FunctionCounter.builder(name, node, it -> value.applyAsDouble(latest.get()))
                .tags(tags)
                .register(registry);
    }
}
