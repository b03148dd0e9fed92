package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Paths between hosts, each direction for itself: cut or not, lossy, slow, duplicating. Draws once per packet what becomes of
 * it.
 */
public final class Network {

    /** Ids of simulated nodes count from 1 to this. */
    public static final int MAX_NODES = 16;

    /**
     * What a path does to packets.
     *
     * @param minDelayNanos of each packet
     * @param meanExtraNanos more of it, on average; packets overtake each other by it
     * @param tail share of packets that are late by up to {@code tailNanos} more
     * @param loss share that never arrives
     * @param duplication share that arrives twice
     */
    public record Quality(
            long minDelayNanos, long meanExtraNanos, double tail, long tailNanos, double loss, double duplication) {}

    /** A packet that arrives. */
    interface Arrival {
        void at(long delayNanos);
    }

    private final SplittableRandom random;
    private final int[][] cuts = new int[MAX_NODES + 1][MAX_NODES + 1];
    private final double[] extraLoss = new double[MAX_NODES + 1];
    private final long[] extraDelay = new long[MAX_NODES + 1];
    private Quality quality;
    private long sent;
    private long lost;

    Network(SplittableRandom random, Quality quality) {
        this.random = random;
        this.quality = quality;
    }

    /** From here on no packet goes this way; to be undone as often as done. */
    public void cut(NodeId from, NodeId to) {
        cuts[from.value()][to.value()]++;
    }

    public void mend(NodeId from, NodeId to) {
        cuts[from.value()][to.value()]--;
    }

    public void lossy(NodeId node, double loss) {
        extraLoss[node.value()] = loss;
    }

    public void slow(NodeId node, long nanos) {
        extraDelay[node.value()] = nanos;
    }

    /** Undoes all cuts and troubles; the ordinary quality of paths remains. */
    public void heal(Quality healthy) {
        for (int[] row : cuts) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(extraLoss, 0);
        Arrays.fill(extraDelay, 0);
        quality = healthy;
    }

    public boolean isOpen(NodeId from, NodeId to) {
        return cuts[from.value()][to.value()] == 0;
    }

    public long packetsSent() {
        return sent;
    }

    public long packetsLost() {
        return lost;
    }

    /** Sends one packet: it may arrive never, once, or twice. */
    void send(NodeId from, NodeId to, Arrival arrival) {
        sent++;
        double loss = quality.loss + extraLoss[from.value()] + extraLoss[to.value()];
        if (!isOpen(from, to) || (loss > 0 && random.nextDouble() < loss)) {
            lost++;
            return;
        }
        arrival.at(delay(from, to));
        if (quality.duplication > 0 && random.nextDouble() < quality.duplication) {
            arrival.at(delay(from, to));
        }
    }

    private long delay(NodeId from, NodeId to) {
        long delay = quality.minDelayNanos + extraDelay[from.value()] + extraDelay[to.value()];
        if (quality.meanExtraNanos > 0) {
            delay += random.nextLong(2 * quality.meanExtraNanos);
        }
        if (quality.tail > 0 && random.nextDouble() < quality.tail) {
            delay += random.nextLong(quality.tailNanos);
        }
        return delay;
    }
}
