package dev.ha4j.testkit.ring;

import dev.ha4j.totem.security.ClusterKey;
import java.util.List;
import java.util.TreeMap;

/**
 * Operators give all nodes another key, in the three rounds that need no break: each round begins when everybody has done the
 * one before, and a node that refuses is asked again.
 */
final class KeyRotation {

    private static final long AGAIN_NANOS = 400_000_000L;
    private static final int MOST_KEYS = 100;

    private final RingWorld world;
    private final TreeMap<RingHost, Integer> done = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
    private Runnable whenOver = () -> {};
    private boolean running;
    private List<List<ClusterKey>> rounds = List.of();
    private int rotations;
    private int timesMixed;

    KeyRotation(RingWorld world) {
        this.world = world;
    }

    /** Does nothing if one is under way. */
    void begin(Runnable afterwards) {
        if (running || rotations == MOST_KEYS) {
            return;
        }
        running = true;
        rotations++;
        whenOver = afterwards;
        ClusterKey old = world.hosts().iterator().next().keys().get(0);
        ClusterKey fresh =
                ClusterKey.generate(world.streams().stream("key", rotations)).withId(1 + rotations);
        rounds = List.of(List.of(old, fresh), List.of(fresh, old), List.of(fresh));
        world.hosts().forEach(host -> done.put(host, 0));
        go();
    }

    /** How often somebody was late, and the others had done the round before him. */
    int timesMixed() {
        return timesMixed;
    }

    int completed() {
        return running ? rotations - 1 : rotations;
    }

    private void go() {
        int round = done.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        if (round == rounds.size()) {
            running = false;
            whenOver.run();
            return;
        }
        timesMixed += done.containsValue(round + 1) ? 1 : 0;
        world.hosts().stream()
                .filter(host -> done.getOrDefault(host, 0) == round)
                .forEach(host -> change(host, round));
        world.time().after(AGAIN_NANOS, this::go);
    }

    private void change(RingHost host, int round) {
        List<ClusterKey> keys = rounds.get(round);
        boolean accepted = host.process()
                .map(process -> !process.isFrozen() && process.changeKeys(keys))
                .orElse(true);
        if (accepted) {
            host.keys(keys);
            done.put(host, round + 1);
        }
    }
}
