package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ReturnCode;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which lost node may still hold a role, history by history. Node a is lost in each. */
class LastHolderTest {

    @Test
    void aPrimitiveIsHeldFromItsOrderToItsConfirmedStop() {
        assertThat(mayHold(it -> it)).as("never ordered").isFalse();
        assertThat(mayHold(it -> it.pending("a", "r", START))).as("ordered").isTrue();
        assertThat(mayHold(it -> started(it))).isTrue();
        assertThat(mayHold(it -> it.timedOut("a", "r", START))).isTrue();
        assertThat(mayHold(it -> started(it).pending("a", "r", STOP)))
                .as("stopping")
                .isTrue();
        assertThat(mayHold(it -> started(it).record("a", "r", STOP, 0, ReturnCode.GENERIC_ERROR)))
                .isTrue();
        assertThat(mayHold(it -> started(it).timedOut("a", "r", STOP))).isTrue();
        assertThat(mayHold(it -> started(it).record("a", "r", STOP, 0, ReturnCode.OK)))
                .isFalse();
        assertThat(mayHold(it ->
                        started(it).record("a", "r", STOP, 0, ReturnCode.OK).pending("a", "r", START)))
                .as("ordered again")
                .isTrue();
    }

    /** A cancelled order takes the record of the one before it along: what failed to stop is active all the same. */
    @Test
    void whatFailedToStopIsHeldEvenIfItsStartIsForgotten() {
        assertThat(mayHold(it -> it.record("a", "r", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("a", "r", STOP, 0, ReturnCode.GENERIC_ERROR)))
                .isTrue();
        assertThat(mayBePromoted(it -> started(it).timedOut("a", "r", DEMOTE))).isTrue();
    }

    @Test
    void whatAProbeFoundCounts() {
        assertThat(mayHold(it -> it.record("a", "r", MONITOR, 0, ReturnCode.NOT_RUNNING)))
                .isFalse();
        assertThat(mayHold(it -> it.record("a", "r", MONITOR, 0, ReturnCode.OK)))
                .isTrue();
        assertThat(mayHold(it -> it.record("a", "r", MONITOR, 0, ReturnCode.GENERIC_ERROR)))
                .isTrue();
        assertThat(mayHold(it -> it.timedOut("a", "r", MONITOR))).isTrue();
    }

    @Test
    void whereTheHistoryWasForgottenTheGrantDecides() {
        assertThat(mayHold(it -> granted(it, "a"))).isTrue();
        assertThat(mayHold(it -> granted(granted(it, "a"), "b")))
                .as("another was granted it since")
                .isFalse();
        assertThat(mayHold(it -> {
                    granted(it, "a").join("a");
                    return it;
                }))
                .as("in an earlier life, which is over")
                .isFalse();
    }

    @Test
    void onlyPromotionIsExclusiveInAClone() {
        assertThat(mayBePromoted(it -> started(it))).isFalse();
        assertThat(mayBePromoted(it -> started(it).pending("a", "r", PROMOTE))).isTrue();
        assertThat(mayBePromoted(it -> started(it).record("a", "r", PROMOTE, 0, ReturnCode.OK)))
                .isTrue();
        assertThat(mayBePromoted(it -> started(it)
                        .record("a", "r", PROMOTE, 0, ReturnCode.OK)
                        .record("a", "r", DEMOTE, 0, ReturnCode.OK)))
                .isFalse();
        assertThat(mayBePromoted(it ->
                        started(it).record("a", "r", PROMOTE, 0, ReturnCode.OK).timedOut("a", "r", DEMOTE)))
                .isTrue();
    }

    @Test
    void aNodeThatWasNeverSeenCounts() {
        TestCluster cluster = new TestCluster(3).resources(Primitive.of("r")).neverSeen("a");
        assertThat(LastHolder.mayBe(cluster.state, TestCluster.id("a"), "r")).isTrue();
        cluster.options(options -> options.withStartupFencing(false));
        assertThat(LastHolder.mayBe(cluster.state, TestCluster.id("a"), "r")).isFalse();
    }

    private static TestCluster started(TestCluster cluster) {
        return cluster.record("a", "r", START, 0, ReturnCode.OK);
    }

    private static TestCluster granted(TestCluster cluster, String node) {
        var status = cluster.state.node(TestCluster.id(node));
        cluster.state = cluster.state
                .change()
                .terms(cluster.state
                        .terms()
                        .grant("r", TestCluster.id(node), status.incarnation().orElseThrow(), cluster.state.version()))
                .build();
        return cluster;
    }

    private static boolean mayHold(UnaryOperator<TestCluster> history) {
        return mayBe(new TestCluster(3).resources(Primitive.of("r")), history);
    }

    private static boolean mayBePromoted(UnaryOperator<TestCluster> history) {
        return mayBe(new TestCluster(3).resources(Clone.of(Primitive.of("r"), CloneOptions.ONE_PROMOTED)), history);
    }

    private static boolean mayBe(TestCluster cluster, UnaryOperator<TestCluster> history) {
        return LastHolder.mayBe(history.apply(cluster).lose("a").state, TestCluster.id("a"), "r");
    }
}
