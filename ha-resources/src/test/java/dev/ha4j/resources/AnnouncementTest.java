package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.NOTIFY;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ReturnCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who runs hears what is about to be done with its peers before it is done. */
class AnnouncementTest {

    private final TestCluster cluster = new TestCluster(3)
            .fenceable()
            .resources(Clone.of(Primitive.of("pg"), CloneOptions.ONE_PROMOTED.withNotifications()))
            .promotionScore("a", "pg", 10)
            .promotionScore("b", "pg", 20);

    private static Optional<PlannedAction> operation(Transition plan, OperationName operation, String node) {
        return plan.actions().stream()
                .filter(it -> it.action() instanceof Action.Operate operate
                        && operate.operation() == operation
                        && operate.node().equals(TestCluster.id(node)))
                .findFirst();
    }

    private static List<PlannedAction> announcements(Transition plan, OperationName operation) {
        return plan.actions().stream()
                .filter(it -> it.action() instanceof Action.Announce announce
                        && announce.intent().operation() == operation)
                .toList();
    }

    private static List<String> listeners(List<PlannedAction> announcements) {
        return announcements.stream()
                .map(it ->
                        TestCluster.name(((Action.Announce) it.action()).node().value() - 1))
                .sorted()
                .toList();
    }

    private void runsEverywhere() {
        for (String node : List.of("a", "b", "c")) {
            cluster.record(node, "pg", MONITOR, 0, ReturnCode.NOT_RUNNING).record(node, "pg", START, 0, ReturnCode.OK);
        }
    }

    @Test
    void aPromotionWaitsUntilAllHaveHeardOfIt() {
        runsEverywhere();
        Transition plan = cluster.plan();
        List<PlannedAction> told = announcements(plan, PROMOTE);
        assertThat(listeners(told)).containsExactly("a", "b", "c");
        assertThat(told)
                .allSatisfy(it -> assertThat(
                                ((Action.Announce) it.action()).intent().nodes())
                        .containsExactly(TestCluster.id("b")));
        assertThat(operation(plan, PROMOTE, "b").orElseThrow().after())
                .containsAll(told.stream().map(PlannedAction::id).toList());
        cluster.settle();
    }

    @Test
    void aStartIsAnnouncedToThoseWhoRun() {
        runsEverywhere();
        cluster.settle().record("c", "pg", OperationName.STOP, 0, ReturnCode.OK);
        Transition plan = cluster.plan();
        List<PlannedAction> told = announcements(plan, START);
        assertThat(listeners(told)).containsExactly("a", "b");
        assertThat(operation(plan, START, "c").orElseThrow().after())
                .containsAll(told.stream().map(PlannedAction::id).toList());
    }

    @Test
    void whoDidNotAnswerInTimeIsNotWaitedForAgainUntilItDoesSomething() {
        runsEverywhere();
        cluster.timedOut("c", "pg", NOTIFY);
        assertThat(listeners(announcements(cluster.plan(), PROMOTE))).containsExactly("a", "b");
        cluster.record("c", "pg", MONITOR, 0, ReturnCode.OK);
        assertThat(listeners(announcements(cluster.plan(), PROMOTE))).containsExactly("a", "b", "c");
    }

    @Test
    void aNoticeThatIsNotAnsweredYetHoldsUpWhatItAnnounces() {
        runsEverywhere();
        cluster.pending("c", "pg", NOTIFY);
        Transition plan = cluster.plan();
        assertThat(operation(plan, PROMOTE, "b")).isEmpty();
        assertThat(announcements(plan, PROMOTE))
                .as("another plan does it, and announces it")
                .isEmpty();
    }

    @Test
    void aPromotionThatIsHeldIsAnnouncedByThePlanThatDoesIt() {
        runsEverywhere();
        cluster.settle().lose("b");
        Transition first = cluster.plan();
        PlannedAction fence = first.actions().stream()
                .filter(it -> it.action() instanceof Action.Fence)
                .findFirst()
                .orElseThrow();
        assertThat(listeners(announcements(first, PROMOTE))).containsExactly("a", "c");
        assertThat(announcements(first, PROMOTE))
                .as("nothing is said while the fencing may still fail")
                .allSatisfy(it -> assertThat(it.after()).contains(fence.id()));

        cluster.fencingUnderWay("b");
        assertThat(announcements(cluster.plan(), PROMOTE)).isEmpty();
        assertThat(announcements(cluster.promotionScore("a", "pg", 30).plan(), PROMOTE))
                .isEmpty();

        cluster.carryOut(fence.action());
        Transition last = cluster.plan();
        assertThat(listeners(announcements(last, PROMOTE))).containsExactly("a", "c");
        assertThat(operation(last, PROMOTE, "a")).isPresent();
    }

    @Test
    void whatWasHeardIsNoSignOfLifeAndNoFailure() {
        runsEverywhere();
        cluster.settle().timedOut("a", "pg", NOTIFY).record("b", "pg", NOTIFY, 0, ReturnCode.GENERIC_ERROR);
        assertThat(cluster.plan().isEmpty()).isTrue();
    }
}
