package dev.ha4j.resources.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.policy.SmallCluster.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * S10: scores and stickiness are honoured. A resource that no colocation and no order speaks of is where its score is best: the sum
 * of its locations there, and its stickiness where it is. It moves only to where that is more, and runs nowhere only if it is
 * below zero on every node that may take something.
 */
class BestScoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SEEDS = 2_000;
    private static final int CHANGES = 3;

    @Test
    void whatIsFreeToChooseIsWhereItsScoreIsBest() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SmallCluster cluster = SmallCluster.of(seed);
            PolicyInput settled = Settling.settle(cluster.input(), NOW);
            int[] before = nowhere(cluster);
            int[] placement = new BruteForce(cluster).placement(settled, NOW);
            assertBest(cluster, before, placement, seed);
            for (int change = 0; change < CHANGES; change++) {
                cluster = changed(cluster, random);
                before = placement;
                settled = Settling.settle(cluster.inputAfter(settled), NOW);
                placement = new BruteForce(cluster).placement(settled, NOW);
                assertBest(cluster, before, placement, seed);
            }
        }
    }

    private static int[] nowhere(SmallCluster cluster) {
        int[] nowhere = new int[cluster.primitives().size()];
        java.util.Arrays.fill(nowhere, BruteForce.NOWHERE);
        return nowhere;
    }

    private static void assertBest(SmallCluster cluster, int[] before, int[] placement, long seed) {
        for (int resource = 0; resource < placement.length; resource++) {
            if (isFree(cluster, resource)) {
                assertThat(score(cluster, before, resource, placement[resource]))
                        .as("seed %d: r%d on %d in %s", seed, resource, placement[resource], cluster)
                        .isEqualTo(best(cluster, before, resource));
            }
        }
    }

    private static boolean isFree(SmallCluster cluster, int resource) {
        return cluster.colocations().stream()
                        .noneMatch(with -> with.dependent() == resource || with.primary() == resource)
                && cluster.orders().stream().noneMatch(order -> order.first() == resource || order.then() == resource);
    }

    private static int best(SmallCluster cluster, int[] before, int resource) {
        int best = -1;
        for (int node = 0; node < cluster.standby().size(); node++) {
            if (!cluster.standby().get(node)) {
                best = Math.max(best, score(cluster, before, resource, node));
            }
        }
        return best;
    }

    /** Nowhere is better than a node where the score is below zero. */
    private static int score(SmallCluster cluster, int[] before, int resource, int node) {
        if (node == BruteForce.NOWHERE) {
            return -1;
        }
        int stickiness =
                before[resource] == node ? cluster.primitives().get(resource).stickiness() : 0;
        return Scores.add(cluster.score(resource, node), stickiness);
    }

    private static SmallCluster changed(SmallCluster cluster, Random random) {
        List<Boolean> standby = new ArrayList<>(cluster.standby());
        List<Location> locations = new ArrayList<>(cluster.locations());
        int node = random.nextInt(standby.size());
        if (random.nextInt(3) == 0) {
            standby.set(node, !standby.get(node));
        } else if (random.nextInt(4) == 0 && !locations.isEmpty()) {
            locations.remove(random.nextInt(locations.size()));
        } else {
            int resource = random.nextInt(cluster.primitives().size());
            locations.add(new Location(resource, node, random.nextInt(200) - 70));
        }
        return cluster.with(standby, locations);
    }
}
