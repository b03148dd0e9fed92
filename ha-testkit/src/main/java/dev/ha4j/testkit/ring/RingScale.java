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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How a ring of so many nodes behaves on a network of known speed, in virtual time. What the hosts' processors need is not
 * counted: these are the times that the protocol and the network take.
 */
public final class RingScale {

    private static final long MICRO = 1_000L;
    private static final long GIGABIT = 1_000_000_000L;
    private static final int ETHERNET_DATAGRAM_BYTES = 1_472;
    private static final int MESSAGE_BYTES = 1_024;
    private static final int SMALL_BYTES = 64;

    /** Messages that each node keeps waiting while throughput is measured. */
    private static final int WAITING = 200;

    private static final Duration STEP = Duration.ofNanos(100 * MICRO);
    /** How often they are filled up. */
    private static final Duration FILLED = Duration.ofMillis(1);

    private static final Duration MEASURED = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The network, in words. */
    public static final String NETWORK =
            "one link, 1 Gbit/s per host, 100 to 120 microseconds one way, MTU 1,500, nothing lost";

    private final RingWorld world;
    private final Findings findings = new Findings();
    private final TreeMap<Integer, SortedSet<NodeId>> members = new TreeMap<>();
    private long delivered;

    /** Times in nanoseconds, and messages per second of all nodes together, delivered at each. */
    public record Row(
            int nodes,
            long formationNanos,
            long rotationNanos,
            double messagesPerSecond,
            long busyRotationNanos,
            long lossNanos,
            long returnNanos,
            long mergeNanos) {}

    private RingScale(int nodes) {
        RingConfig ring = RingConfig.builder()
                .nodes(IntStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList())
                .build();
        Weather weather = new Weather(100 * MICRO, 20 * MICRO, 0, ETHERNET_DATAGRAM_BYTES, GIGABIT);
        world = new RingWorld(
                new RingOptions(
                        1,
                        ring,
                        1,
                        LinkOptions.DEFAULTS,
                        weather,
                        ETHERNET_DATAGRAM_BYTES,
                        Duration.ofMillis(2),
                        false,
                        false,
                        0),
                findings);
        world.trace().listen(new RingCheckers(findings));
        world.trace().listen(step -> {
            if (step.event() instanceof Event.RegularInstalled installed) {
                members.put(step.node(), installed.members());
            } else if (step.event() instanceof Event.Delivered && step.node() == 1) {
                delivered++;
            } else if (step.event() instanceof Event.NodeDied) {
                members.remove(step.node());
            }
        });
    }

    /**
     * Measures a ring of that many nodes.
     *
     * @throws IllegalStateException if a rule of virtual synchrony is broken, or something takes longer than two minutes
     */
    public static Row of(int nodes) {
        return new RingScale(nodes).measure(nodes);
    }

    private Row measure(int nodes) {
        world.hosts().forEach(world::start);
        long formation = until(all());
        world.run(MEASURED);
        long rotation = rotation();
        long visitsBefore = visits();
        double throughput = throughput();
        long busy = MEASURED.toNanos() / Math.max(1, visits() - visitsBefore);
        RingHost last = world.host(nodes);
        world.kill(last, "killed");
        long loss = until(without(last));
        world.start(last);
        long back = until(all());
        long merge = divideAndMerge(nodes);
        if (!findings.isEmpty()) {
            throw new IllegalStateException(
                    nodes + " nodes: " + findings.first().orElseThrow());
        }
        return new Row(nodes, formation, rotation, throughput, busy, loss, back, merge);
    }

    private SortedSet<NodeId> all() {
        return world.options().ring().nodes();
    }

    private SortedSet<NodeId> without(RingHost gone) {
        TreeSet<NodeId> others = new TreeSet<>(all());
        others.remove(gone.id());
        return others;
    }

    /** How long it takes until exactly these have the ring of these. */
    private long until(SortedSet<NodeId> wanted) {
        long begin = world.time().now();
        while (!have(wanted)) {
            if (world.time().now() - begin > LIMIT.toNanos()) {
                throw new IllegalStateException("no ring of " + wanted.size() + " within " + LIMIT.toSeconds() + " s");
            }
            world.run(STEP);
        }
        return world.time().now() - begin;
    }

    private boolean have(SortedSet<NodeId> wanted) {
        return wanted.stream().allMatch(node -> wanted.equals(members.get(node.value())));
    }

    private long visits() {
        return world.tokenVisits(world.host(1));
    }

    /** One small message after the other: the token never rests, and carries next to nothing. */
    private long rotation() {
        long before = visits();
        long end = world.time().now() + MEASURED.toNanos();
        long known = delivered;
        submit(world.host(2), SMALL_BYTES);
        while (world.time().now() < end) {
            world.run(STEP);
            if (delivered > known) {
                known = delivered;
                submit(world.host(2), SMALL_BYTES);
            }
        }
        return MEASURED.toNanos() / Math.max(1, visits() - before);
    }

    private double throughput() {
        long end = world.time().now() + MEASURED.toNanos();
        long before = delivered;
        while (world.time().now() < end) {
            for (RingHost host : world.hosts()) {
                int waiting = host.process().map(RingProcess::waiting).orElse(WAITING);
                for (int i = waiting; i < WAITING; i++) {
                    submit(host, MESSAGE_BYTES);
                }
            }
            world.run(FILLED);
        }
        double rate = (delivered - before) / (MEASURED.toNanos() / 1e9);
        world.run(MEASURED);
        return rate;
    }

    private static void submit(RingHost host, int bytes) {
        host.process().ifPresent(process -> process.submit(Lane.BULK, DeliveryGuarantee.AGREED, new byte[bytes]));
    }

    /** Cuts the ring in two, waits until both halves have theirs, and mends it. */
    private long divideAndMerge(int nodes) {
        TreeSet<NodeId> low = new TreeSet<>(all().headSet(NodeId.of(nodes / 2 + 1)));
        TreeSet<NodeId> high = new TreeSet<>(all());
        high.removeAll(low);
        between(low, high, Path::cut);
        until(low);
        until(high);
        between(low, high, Path::mend);
        return until(all());
    }

    private void between(SortedSet<NodeId> low, SortedSet<NodeId> high, java.util.function.Consumer<Path> change) {
        for (NodeId a : low) {
            for (NodeId b : high) {
                change.accept(world.network().path(a, b, 0));
                change.accept(world.network().path(b, a, 0));
            }
        }
    }
}
