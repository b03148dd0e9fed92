package dev.ha4j.corosync.srp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrpTest {

    private static final List<Integer> TOGETHER = List.of(1, 2, 3);

    @Test
    void nodesFindEachOther() {
        SrpWorld world = new SrpWorld(1, 3, 0);
        world.startAll();
        world.run(2_000);
        assertRing(world, TOGETHER);
    }

    @Test
    void aNodeAloneIsARing() {
        SrpWorld world = new SrpWorld(1, 3, 0);
        world.node(2).start();
        world.run(1_000);
        assertRing(world, List.of(2));
        world.node(2).submit(100);
        world.run(1_000);
        assertThat(world.node(2).epoch().delivered()).hasSize(100);
    }

    @Test
    void allDeliverOneOrder() {
        SrpWorld world = new SrpWorld(2, 3, 0);
        world.startAll();
        world.run(2_000);
        world.nodes.values().forEach(node -> node.submit(1_000));
        world.run(10_000);
        assertThat(world.node(1).epoch().delivered()).hasSize(3_000);
        assertAgreement(world);
    }

    /** 32 bits are some days of a busy ring. */
    @ParameterizedTest
    @ValueSource(ints = {-700, Integer.MAX_VALUE - 700})
    void sequencesWrap(int first) {
        SrpWorld world = new SrpWorld(3, 3, first);
        world.startAll();
        world.loss(0.05);
        world.run(5_000);
        world.nodes.values().forEach(node -> node.submit(1_000));
        world.run(30_000);
        world.loss(0);
        world.run(10_000);
        assertRing(world, TOGETHER);
        assertAgreement(world);
        assertThat(world.node(1).epochs.stream()
                        .mapToInt(epoch -> epoch.delivered().size())
                        .sum())
                .isGreaterThan(1_400);
    }

    @Test
    void survivorsGoOnTogether() {
        SrpWorld world = new SrpWorld(4, 3, 0);
        world.startAll();
        world.run(2_000);
        world.nodes.values().forEach(node -> node.submit(2_000));
        world.run(5);
        world.node(1).kill();
        world.run(20_000);
        assertRing(world, List.of(2, 3));
        assertThat(world.node(2).epochs).hasSameSizeAs(world.node(3).epochs);
        assertAgreement(world);
    }

    @Test
    void aGoodByeNeedsNoTimeout() {
        SrpWorld world = new SrpWorld(5, 3, 0);
        world.startAll();
        world.run(2_000);
        world.node(3).leave();
        world.run(200);
        assertRing(world, List.of(1, 2));
    }

    @Test
    void ringsMerge() {
        SrpWorld world = new SrpWorld(6, 5, 0);
        world.divide(List.of(List.of(1, 2), List.of(3, 4, 5)));
        world.startAll();
        world.run(3_000);
        assertRing(world, List.of(1, 2));
        assertRing(world, List.of(3, 4, 5));
        world.divide(List.of(List.of(1, 2, 3, 4, 5)));
        world.run(2_000);
        assertRing(world, List.of(1, 2, 3, 4, 5));
    }

    @Test
    void busyRingsMergeToo() {
        SrpWorld world = new SrpWorld(7, 4, 0);
        world.divide(List.of(List.of(1, 2), List.of(3, 4)));
        world.startAll();
        world.run(3_000);
        world.divide(List.of(List.of(1, 2, 3, 4)));
        for (int i = 0; i < 100; i++) {
            world.nodes.values().forEach(node -> node.submit(20));
            world.run(20);
        }
        world.run(5_000);
        assertRing(world, List.of(1, 2, 3, 4));
        assertAgreement(world);
    }

    @Test
    void anIdleRingIsQuiet() {
        SrpWorld world = new SrpWorld(8, 3, 0);
        world.startAll();
        world.run(5_000);
        RingId ring = world.node(1).epoch().ring();
        world.run(60_000);
        assertThat(world.node(1).epoch().ring()).isEqualTo(ring);
        world.node(2).submit(1);
        world.run(50);
        assertThat(world.node(3).epoch().delivered()).hasSize(1);
    }

    /** Whatever happens: members that move together deliver the same, and nobody delivers anything twice. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anythingMayHappen(long seed) {
        for (long run = seed * 20; run < seed * 20 + 20; run++) {
            storm(run);
        }
    }

    /** Nothing on this network is authenticated: whatever comes in, the node goes on, and so does the ring when it has ended. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void survivesNonsense(long seed) {
        SrpWorld world = new SrpWorld(seed, 3, 0);
        world.startAll();
        world.mangle(0.05);
        for (int i = 0; i < 100; i++) {
            world.nodes.values().forEach(node -> node.submit(30));
            world.run(200);
        }
        world.mangle(0);
        world.run(60_000);
        assertRing(world, TOGETHER);
        assertThat(world.node(1).refused()).isPositive();
    }

    private static void storm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(2, 6);
        SrpWorld world = new SrpWorld(seed, size, random.nextBoolean() ? 0 : -300);
        world.startAll();
        for (int i = 0; i < 30; i++) {
            disturb(world, random, size);
            world.run(random.nextInt(1, 1_500));
        }
        world.loss(0);
        world.divide(List.of(everybody(size)));
        world.nodes.values().stream().filter(SrpWorld.Node::isFrozen).forEach(SrpWorld.Node::thaw);
        world.nodes.values().stream().filter(node -> !node.isRunning()).forEach(SrpWorld.Node::start);
        world.run(30_000);
        assertThat(world.nodes.values())
                .as("seed %s", seed)
                .allSatisfy(node -> assertThat(node.epoch().members()).hasSize(size));
        assertAgreement(world);
    }

    private static List<Integer> everybody(int size) {
        List<Integer> all = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            all.add(id);
        }
        return all;
    }

    private static void disturb(SrpWorld world, SplittableRandom random, int size) {
        SrpWorld.Node node = world.node(1 + random.nextInt(size));
        switch (random.nextInt(7)) {
            case 0 -> world.loss(random.nextInt(4) * 0.1);
            case 1 -> world.divide(divided(random, size));
            case 2 -> world.divide(List.of(everybody(size)));
            case 3 -> {
                if (node.isRunning()) {
                    node.kill();
                } else {
                    node.start();
                }
            }
            case 4 -> {
                if (node.isFrozen()) {
                    node.thaw();
                } else if (node.isRunning()) {
                    node.freeze();
                }
            }
            default ->
                world.nodes.values().stream()
                        .filter(SrpWorld.Node::isRunning)
                        .forEach(running -> running.submit(random.nextInt(100)));
        }
    }

    private static List<List<Integer>> divided(SplittableRandom random, int size) {
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>());
        everybody(size).forEach(id -> parts.get(random.nextInt(2)).add(id));
        return parts;
    }

    private static void assertRing(SrpWorld world, List<Integer> numbers) {
        TreeSet<NodeId> members = new TreeSet<>(numbers.stream().map(NodeId::of).toList());
        for (NodeId member : members) {
            SrpWorld.Node node = world.nodes.get(member);
            assertThat(node.srp().state()).isEqualTo("operational");
            assertThat(node.epoch().members()).isEqualTo(members);
            assertThat(node.epoch().ring())
                    .isEqualTo(world.nodes.get(members.first()).epoch().ring());
        }
    }

    /** Who goes from one ring to the same next one has delivered the same in between; whatever else was delivered is a prefix of it. */
    private static void assertAgreement(SrpWorld world) {
        TreeMap<String, List<String>> together = new TreeMap<>();
        TreeMap<RingId, List<String>> longest = new TreeMap<>();
        for (SrpWorld.Node node : world.nodes.values()) {
            HashSet<String> seen = new HashSet<>();
            for (int i = 0; i < node.epochs.size(); i++) {
                SrpWorld.Epoch epoch = node.epochs.get(i);
                List<String> all = new ArrayList<>(epoch.delivered());
                all.addAll(epoch.inTransition());
                assertThat(all).allMatch(seen::add);
                assertPrefix(epoch.delivered(), longest.computeIfAbsent(epoch.ring(), ring -> new ArrayList<>()));
                if (i + 1 < node.epochs.size() && !restartedBefore(node, i + 1)) {
                    String step = epoch.ring() + " to " + node.epochs.get(i + 1).ring();
                    assertThat(all).as(step).isEqualTo(together.computeIfAbsent(step, key -> all));
                }
            }
        }
    }

    private static boolean restartedBefore(SrpWorld.Node node, int epoch) {
        return node.restarts.contains(epoch);
    }

    private static void assertPrefix(List<String> delivered, List<String> longest) {
        int common = Math.min(delivered.size(), longest.size());
        assertThat(delivered.subList(0, common)).isEqualTo(longest.subList(0, common));
        longest.addAll(delivered.subList(common, delivered.size()));
    }
}
