package dev.ha4j.testkit.scenario;

import java.util.List;

/** One side of a cut that is about to be made: nothing happens before it is said from whom. */
public final class Partition {

    private final SimulatedCluster cluster;
    private final List<String> side;
    private final boolean bothWays;

    Partition(SimulatedCluster cluster, List<String> side, boolean bothWays) {
        this.cluster = cluster;
        this.side = side;
        this.bothWays = bothWays;
    }

    /** Cuts the side off from these nodes; each of them still hears all others. */
    public SimulatedCluster from(String... others) {
        return cluster.cut(side, List.of(others), bothWays);
    }

    @Override
    public String toString() {
        return "partition(" + String.join(", ", side) + ")";
    }
}
