package dev.ha4j.qnetd.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.qnetd.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Production state machines of both sides in virtual time. */
class WitnessTest {

    private static final NodeId ONE = NodeId.of(1);
    private static final int SEEDS = Integer.getInteger("witness.seeds", 100);

    private static Arena twoNodes(Algorithm algorithm) {
        Arena arena = new Arena(1, 2, algorithm);
        arena.rings(List.of(nodes(1, 2)));
        arena.run(5_000);
        return arena;
    }

    private static SortedSet<NodeId> nodes(int... ids) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (int id : ids) {
            nodes.add(NodeId.of(id));
        }
        return nodes;
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "TEST", mode = EnumSource.Mode.EXCLUDE)
    void bothNodesHaveTheVoteWhileTheyAreTogether(Algorithm algorithm) {
        assertThat(twoNodes(algorithm).voting().values()).containsExactly(nodes(1, 2));
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "TEST", mode = EnumSource.Mode.EXCLUDE)
    void whoIsLeftHasTheVoteAtOnce(Algorithm algorithm) {
        Arena arena = twoNodes(algorithm);
        arena.kill(ONE);
        arena.rings(List.of(nodes(2)));
        arena.run(1_000);
        assertThat(arena.voting().values()).containsExactly(nodes(2));
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "TEST", mode = EnumSource.Mode.EXCLUDE)
    void ofTwoHalvesTheOneWithTheTieBreakerHasTheVote(Algorithm algorithm) {
        Arena arena = twoNodes(algorithm);
        arena.rings(List.of(nodes(1), nodes(2)));
        arena.run(2_000);
        assertThat(arena.voting().values()).containsExactly(nodes(1));
    }

    /** Node 1 has the tie breaker, and comes back where it does not hear node 2. */
    private static SortedSet<NodeId> votingWhenOneIsBackAlone(boolean keepActive) {
        Arena arena = new Arena(1, 2, Algorithm.FFSPLIT, keepActive);
        arena.rings(List.of(nodes(1, 2)));
        arena.run(5_000);
        arena.kill(ONE);
        arena.rings(List.of(nodes(2)));
        arena.run(2_000);
        arena.restart(ONE);
        arena.rings(List.of(nodes(1)));
        arena.run(5_000);
        return arena.voting().values().iterator().next();
    }

    @Test
    void whoComesBackAloneTakesTheVoteByTheTieBreakerUnlessTheActivePartitionIsKept() {
        assertThat(votingWhenOneIsBackAlone(false)).isEqualTo(nodes(1));
        assertThat(votingWhenOneIsBackAlone(true)).isEqualTo(nodes(2));
    }

    @Test
    void whoIsCutOffFromTheWitnessTooGivesTheVoteUpBeforeTheOtherGetsIt() {
        Arena arena = twoNodes(Algorithm.FFSPLIT);
        arena.cut(ONE, true);
        arena.rings(List.of(nodes(1), nodes(2)));
        arena.run(5_000);
        assertThat(arena.voting().values()).containsExactly(nodes(2));
        assertThat(arena.problem(ONE)).isPresent();
    }

    @Test
    void afterItsRestartTheWitnessAgreesWithItself() {
        Arena arena = twoNodes(Algorithm.FFSPLIT);
        arena.rings(List.of(nodes(1), nodes(2)));
        arena.run(2_000);
        arena.restartWitness();
        arena.run(3_000);
        assertThat(arena.voting().values()).containsExactly(nodes(1));
    }

    /** Whatever is cut, killed, restarted or divided, in whatever order, two partitions never have the vote. */
    @ParameterizedTest
    @EnumSource(value = Algorithm.class, names = "TEST", mode = EnumSource.Mode.EXCLUDE)
    void twoPartitionsNeverHaveTheVote(Algorithm algorithm) {
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = algorithm == Algorithm.TWO_NODE_LMS ? 2 : 2 * (1 + random.nextInt(3));
            Arena arena = new Arena(seed, count, algorithm, random.nextBoolean());
            try {
                for (int event = 0; event < 30; event++) {
                    disturb(arena, random, count);
                    arena.run(random.nextInt(3_000));
                }
            } catch (AssertionError e) {
                throw new AssertionError(algorithm + ", seed " + seed, e);
            }
        }
    }

    private static void disturb(Arena arena, SplittableRandom random, int count) {
        NodeId node = NodeId.of(1 + random.nextInt(count));
        switch (random.nextInt(8)) {
            case 0 -> arena.cut(node, true);
            case 1, 2 -> arena.cut(node, false);
            case 3 -> arena.kill(node);
            case 4 -> arena.restart(node);
            case 5 -> arena.restartWitness();
            default -> arena.rings(groups(random, count));
        }
    }

    private static List<SortedSet<NodeId>> groups(SplittableRandom random, int count) {
        List<SortedSet<NodeId>> groups = new ArrayList<>(List.of(new TreeSet<>(), new TreeSet<>()));
        for (int id = 1; id <= count; id++) {
            groups.get(random.nextInt(2)).add(NodeId.of(id));
        }
        return groups;
    }
}
