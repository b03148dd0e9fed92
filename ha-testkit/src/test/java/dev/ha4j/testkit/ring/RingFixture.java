package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.check.RingCheckers;
import dev.ha4j.testkit.ring.LinkNetwork.Weather;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A judged ring on a calm network: one link, 100 to 120 microseconds one way. */
final class RingFixture {

    private static final long MICRO = 1_000L;
    private static final Duration STEP = Duration.ofMillis(1);

    final Findings findings = new Findings();
    final RingWorld world;
    private final TreeMap<Integer, SortedSet<NodeId>> members = new TreeMap<>();
    private final TreeMap<Integer, Long> delivered = new TreeMap<>();
    private final TreeMap<Integer, Integer> rings = new TreeMap<>();

    RingFixture(int nodes, int datagramBytes) {
        RingConfig ring = RingConfig.builder()
                .nodes(IntStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList())
                .build();
        Weather weather = new Weather(100 * MICRO, 20 * MICRO, 0, datagramBytes, 0);
        world = new RingWorld(
                new RingOptions(
                        1,
                        ring,
                        1,
                        LinkOptions.DEFAULTS,
                        weather,
                        datagramBytes,
                        Duration.ofMillis(2),
                        false,
                        false,
                        0),
                findings);
        world.trace().listen(new RingCheckers(findings));
        world.trace().listen(step -> {
            if (step.event() instanceof Event.RegularInstalled installed) {
                members.put(step.node(), installed.members());
                rings.merge(step.node(), 1, Integer::sum);
            } else if (step.event() instanceof Event.Delivered) {
                delivered.merge(step.node(), 1L, Long::sum);
            } else if (step.event() instanceof Event.NodeDied) {
                members.remove(step.node());
            }
        });
    }

    static SortedSet<NodeId> nodes(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    SortedSet<NodeId> all() {
        return world.options().ring().nodes();
    }

    void start(Collection<NodeId> nodes) {
        nodes.forEach(node -> world.start(world.host(node.value())));
    }

    void kill(Collection<NodeId> nodes) {
        nodes.forEach(node -> world.kill(world.host(node.value()), "killed"));
    }

    void submit(int node, int bytes) {
        world.host(node)
                .process()
                .ifPresent(process -> process.submit(Lane.CONTROL, DeliveryGuarantee.AGREED, new byte[bytes]));
    }

    long deliveredAt(int node) {
        return delivered.getOrDefault(node, 0L);
    }

    int ringsOf(int node) {
        return rings.getOrDefault(node, 0);
    }

    /** Whether exactly these have the ring of these. */
    boolean areOneRing(SortedSet<NodeId> wanted) {
        return wanted.stream().allMatch(node -> wanted.equals(members.get(node.value())));
    }

    /** Virtual time until it is so, or the limit. */
    Duration until(BooleanSupplier condition, Duration limit) {
        long begin = world.time().now();
        while (!condition.getAsBoolean() && world.time().now() - begin < limit.toNanos()) {
            world.run(STEP);
        }
        return Duration.ofNanos(world.time().now() - begin);
    }

    /** All ways between different groups, both directions. */
    void between(Collection<SortedSet<NodeId>> groups, Consumer<Path> change) {
        for (SortedSet<NodeId> one : groups) {
            for (SortedSet<NodeId> other : groups) {
                if (one != other) {
                    one.forEach(from ->
                            other.forEach(to -> change.accept(world.network().path(from, to, 0))));
                }
            }
        }
    }
}
