package dev.ha4j.resources.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Scores;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the engine settles for, beside all placements that there are.
 *
 * <p>It places one resource after the other, those of higher priority and those that others are colocated with first, each where
 * its own score and those of what depends on it are best, and never takes one back. So it can be claimed without reserve
 * that what is placed keeps all that is mandatory. That nothing is left out which could have been placed without giving up something
 * of the same or higher priority can be claimed of clusters in which nothing has to keep away from something, and nothing has
 * to be with two. There, to place a resource well can take another place for one that was placed before it:
 *
 * <ul>
 *   <li>APART: what the resource has to keep away from took the only node that it can have. It is heeded even if it has no more than
 *       a place there, and does not start because what it is ordered after runs nowhere;
 *   <li>WITH_TWO: the two that it has to be with went to different nodes.
 * </ul>
 *
 * <p>The reference has the same two gaps. Of the clusters tried here, 66 and 19 of 10,000 fall into them. Scores below zero that
 * nothing outweighs forbid as well; there are none here.
 */
class FeasibilityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SEEDS = 10_000;

    private record Outcome(SmallCluster cluster, int[] placement) {
        boolean isLeftOut(int resource) {
            return placement[resource] == BruteForce.NOWHERE;
        }

        int priority(int resource) {
            return cluster.primitives().get(resource).priority();
        }
    }

    private static Outcome settled(long seed) {
        SmallCluster cluster = SmallCluster.of(seed);
        PolicyInput settled = Settling.settle(cluster.input(), NOW);
        return new Outcome(cluster, new BruteForce(cluster).placement(settled, NOW));
    }

    /** What changes its standby nodes once it has settled, and settles again. */
    private static Outcome resettled(long seed) {
        SmallCluster cluster = SmallCluster.of(seed);
        PolicyInput settled = Settling.settle(cluster.input(), NOW);
        Random random = new Random(~seed);
        List<Boolean> standby =
                cluster.standby().stream().map(each -> random.nextInt(3) == 0).toList();
        SmallCluster changed = cluster.with(standby, cluster.locations());
        PolicyInput again = Settling.settle(changed.inputAfter(settled), NOW);
        return new Outcome(changed, new BruteForce(changed).placement(again, NOW));
    }

    @Test
    void whatIsPlacedKeepsAllThatIsMandatory() {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Outcome outcome : List.of(settled(seed), resettled(seed))) {
                assertThat(new BruteForce(outcome.cluster).keepsWhatIsMandatory(outcome.placement))
                        .as("seed %d: %s in %s", seed, Arrays.toString(outcome.placement), outcome.cluster)
                        .isTrue();
            }
        }
    }

    @Test
    void whatCouldBePlacedIsPlacedButForTwoGaps() {
        int apart = 0;
        int withTwo = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = settled(seed);
            List<Integer> missed = missed(outcome);
            if (!missed.isEmpty()) {
                boolean keepsAway = mayBeApart(outcome.cluster);
                assertThat(keepsAway || mayBeWithTwo(outcome.cluster))
                        .as("seed %d: %s in %s", seed, Arrays.toString(outcome.placement), outcome.cluster)
                        .isTrue();
                apart += keepsAway ? 1 : 0;
                withTwo += keepsAway ? 0 : 1;
            }
        }
        assertThat(apart).as("gaps APART").isEqualTo(66);
        assertThat(withTwo).as("gaps WITH_TWO").isEqualTo(19);
    }

    private static boolean mayBeApart(SmallCluster cluster) {
        return cluster.colocations().stream().anyMatch(with -> with.score() == -Scores.INFINITY);
    }

    private static boolean mayBeWithTwo(SmallCluster cluster) {
        return IntStream.range(0, cluster.primitives().size())
                .anyMatch(resource -> cluster.colocations().stream()
                                .filter(with -> with.dependent() == resource && with.score() == Scores.INFINITY)
                                .map(SmallCluster.Colocation::primary)
                                .distinct()
                                .count()
                        > 1);
    }

    /** What is left out although a placement has it, and all that was placed of the same or higher priority as well. */
    private static List<Integer> missed(Outcome outcome) {
        List<int[]> all = new BruteForce(outcome.cluster).all();
        return IntStream.range(0, outcome.placement.length)
                .filter(outcome::isLeftOut)
                .filter(resource -> all.stream().anyMatch(other -> isBetter(other, resource, outcome)))
                .boxed()
                .toList();
    }

    private static boolean isBetter(int[] other, int resource, Outcome outcome) {
        return other[resource] != BruteForce.NOWHERE
                && IntStream.range(0, other.length)
                        .filter(each ->
                                !outcome.isLeftOut(each) && outcome.priority(each) >= outcome.priority(resource))
                        .noneMatch(each -> other[each] == BruteForce.NOWHERE);
    }
}
