package dev.ha4j.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ReturnCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who was never seen is not fenced at once. Node c is missing, and could be fenced. */
class StartupGraceTest {

    private static final Duration YOUNG = Duration.ofSeconds(5);

    @Test
    void whoWasNeverSeenIsAwaitedAndStandsInTheWay() {
        Transition plan = missingC().born(YOUNG).plan();
        assertThat(fences(plan)).isZero();
        assertThat(starts(plan)).isZero();
        assertThat(plan.blocked())
                .singleElement()
                .satisfies(
                        blockage -> assertThat(blockage.reason())
                                .isEqualTo(
                                        "ledger can't be started: node c was never seen and may be starting; it is fenced if it "
                                                + "is not here 20 s after this cluster had quorum for the first time (startupGrace)"));
    }

    @Test
    void planningGoesOnWhenTheGraceIsOver() {
        TestCluster cluster = missingC().born(YOUNG);
        assertThat(cluster.plan().recheckAt())
                .contains(Instant.ofEpochMilli(cluster.nowMillis).plusSeconds(15));
        assertThat(fences(missingC().born(Duration.ofSeconds(20)).plan())).isOne();
    }

    /** The time of birth is part of the state only when the first order of the first epoch has been applied. */
    @Test
    void theGraceHasNotBegunBeforeTheBirthIsKnown() {
        TestCluster cluster = missingC();
        cluster.state = cluster.state.change().formedMillis(0).build();
        assertThat(fences(cluster.plan())).isZero();
    }

    @Test
    void whoWasSeenIsFencedAtOnce() {
        assertThat(fences(probed().born(YOUNG).lose("c").plan())).isOne();
    }

    @Test
    void noGraceNoDelay() {
        TestCluster cluster = missingC().born(Duration.ofMillis(1)).options(it -> it.withStartupGrace(Duration.ZERO));
        assertThat(fences(cluster.plan())).isOne();
    }

    @Test
    void nobodyWaitsForTheGraceWhenAllAreHere() {
        Transition plan = probed().born(Duration.ofMillis(1)).plan();
        assertThat(starts(plan)).isOne();
        assertThat(plan.blocked()).isEmpty();
    }

    @Test
    void aNodeThatIsProvenDownIsNotAwaited() {
        assertThat(starts(missingC()
                        .born(YOUNG)
                        .prove("c", ProofLevel.POWER_VERIFIED)
                        .plan()))
                .isOne();
    }

    private static TestCluster missingC() {
        return probed().neverSeen("c");
    }

    private static TestCluster probed() {
        TestCluster cluster = new TestCluster(3).fenceable().resources(Primitive.of("ledger"));
        for (String node : new String[] {"a", "b", "c"}) {
            cluster.record(node, "ledger", OperationName.MONITOR, 0, ReturnCode.NOT_RUNNING);
        }
        return cluster;
    }

    private static long fences(Transition plan) {
        return plan.actions().stream()
                .filter(planned -> planned.action() instanceof Action.Fence)
                .count();
    }

    private static long starts(Transition plan) {
        return plan.actions().stream()
                .filter(planned -> planned.action() instanceof Action.Operate operate
                        && operate.operation() == OperationName.START)
                .count();
    }
}
