package dev.ha4j.totem.netty;

import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TokenVisit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Writes down what a ring reports. */
final class Recorder implements RingListener {

    final List<RegularConfiguration> configurations = new CopyOnWriteArrayList<>();
    final List<String> ends = new CopyOnWriteArrayList<>();
    final AtomicInteger visits = new AtomicInteger();
    volatile long lastConfigurationNanos;
    private final List<String> payloads = new ArrayList<>();

    @Override
    public synchronized void delivered(Delivery delivery) {
        payloads.add(new String(delivery.payload(), StandardCharsets.UTF_8));
    }

    /** What was delivered so far. */
    synchronized List<String> payloads() {
        return List.copyOf(payloads);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        lastConfigurationNanos = System.nanoTime();
        configurations.add(configuration);
    }

    @Override
    public void tokenVisited(TokenVisit visit) {
        visits.incrementAndGet();
    }

    @Override
    public void left() {
        ends.add("left");
    }

    @Override
    public void failed(String reason) {
        ends.add("failed: " + reason);
    }

    /** Members of the newest configuration, as in "1 2 3". */
    String members() {
        return configurations.isEmpty()
                ? ""
                : configurations.get(configurations.size() - 1).members().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" "));
    }
}
