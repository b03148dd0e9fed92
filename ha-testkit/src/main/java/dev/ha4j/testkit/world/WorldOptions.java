package dev.ha4j.testkit.world;

import dev.ha4j.api.config.ClusterPolicy;
import java.time.Duration;

/**
 * How a simulated world is made.
 *
 * @param seed of all randomness
 * @param policy the cluster; node ids have to be 1 to {@link Network#MAX_NODES}
 * @param tokenTimeout of the ring
 * @param detectionFloor the ring may adapt its timeout down to this; equal to the token timeout if it does not
 * @param quality of healthy network paths
 * @param probeInterval how often silent peers are probed
 * @param forceTakes longest time of a force on a healthy disk
 * @param maxHopNanos longest time until a thread sees a task handed over to it
 * @param maxDriftPartsPerMillion how wrong clocks may go
 * @param rebootTakes shortest time from power-off to the next start, where hosts come back by themselves; twice as long at most
 * @param mixedLevels whether the nodes' software differs
 * @param sealed whether packets go through the real packet security
 */
public record WorldOptions(
        long seed,
        ClusterPolicy policy,
        Duration tokenTimeout,
        Duration detectionFloor,
        Network.Quality quality,
        Duration probeInterval,
        Duration forceTakes,
        long maxHopNanos,
        int maxDriftPartsPerMillion,
        Duration rebootTakes,
        boolean mixedLevels,
        boolean sealed) {

    /** A good local network, good disks, true clocks. */
    public static WorldOptions calm(long seed, ClusterPolicy policy) {
        return new WorldOptions(
                seed,
                policy,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Network.Quality(100_000, 50_000, 0, 0, 0, 0),
                Duration.ofMillis(100),
                Duration.ofMillis(2),
                20_000,
                0,
                Duration.ofSeconds(20),
                false,
                false);
    }
}
