package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Role;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.runtime.SingleThreadEventLoop;
import dev.ha4j.runtime.ThreadWorkers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Operations on real threads. */
class ResourceRunnerTest {

    private final SingleThreadEventLoop loop = new SingleThreadEventLoop("runner-loop", failure -> {});
    private final ThreadWorkers workers = new ThreadWorkers("runner", loop);
    private final ResourceRunner runner =
            new ResourceRunner("a", loop, workers, token -> Optional.of(new Held(token)), NOPLogger.NOP_LOGGER);
    private volatile boolean held = true;
    private final List<OperationOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Scripted resource = new Scripted();

    private final class Held implements Term {
        private final long token;

        Held(long token) {
            this.token = token;
        }

        @Override
        public String resource() {
            return "ledger";
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean isHeld() {
            return held;
        }
    }

    /** Hangs in start until it is let go, deaf to interrupts, if told so. */
    private static final class Scripted implements Resource {
        final CountDownLatch letGo = new CountDownLatch(1);
        volatile boolean hangs;
        volatile boolean stops = true;
        volatile Health health = Health.AS_EXPECTED;

        @Override
        public void start(OperationContext operation) {
            operation.promotionScore(7);
            while (hangs && letGo.getCount() > 0) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public void stop(OperationContext operation) {
            if (!stops) {
                throw new IllegalStateException("does not stop");
            }
        }

        @Override
        public Health monitor(OperationContext operation) {
            return health;
        }
    }

    @BeforeEach
    void host() {
        loop.execute(() -> runner.implement("ledger", resource));
    }

    @AfterEach
    void close() {
        resource.letGo.countDown();
        workers.close();
        loop.close();
    }

    private void order(OperationName operation, long intervalMillis, Duration timeout) {
        OperationOrder order = new OperationOrder(1, "ledger", operation, intervalMillis, timeout, 0, "test");
        loop.execute(() -> runner.execute(order, outcomes::add));
    }

    private OperationOutcome outcome(int index) {
        await().atMost(Duration.ofSeconds(10)).until(() -> outcomes.size() > index);
        return outcomes.get(index);
    }

    @Test
    void aProbeTellsTheRoleInWhichTheClusterLeftIt() {
        order(OperationName.MONITOR, 0, Duration.ofSeconds(5));
        assertThat(outcome(0).code()).isEqualTo(ReturnCode.NOT_RUNNING);
        order(OperationName.START, 0, Duration.ofSeconds(5));
        assertThat(outcome(1).code()).isEqualTo(ReturnCode.OK);
        order(OperationName.MONITOR, 0, Duration.ofSeconds(5));
        assertThat(outcome(2).code()).isEqualTo(ReturnCode.OK);
    }

    @Test
    void aProbeOfWhatIsActiveSaysThePromotionScoreAgain() {
        order(OperationName.MONITOR, 0, Duration.ofSeconds(5));
        assertThat(outcome(0).promotionScore()).isEmpty();
        order(OperationName.START, 0, Duration.ofSeconds(5));
        assertThat(outcome(1).promotionScore()).hasValue(7);
        order(OperationName.MONITOR, 0, Duration.ofSeconds(5));
        assertThat(outcome(2).promotionScore()).hasValue(7);
        order(OperationName.STOP, 0, Duration.ofSeconds(5));
        order(OperationName.MONITOR, 0, Duration.ofSeconds(5));
        assertThat(outcome(4).promotionScore()).isEmpty();
    }

    @Test
    void aStopBehindAHungStartFailsAndTheResourceStaysActive() {
        resource.hangs = true;
        order(OperationName.START, 0, Duration.ofMillis(50));
        assertThat(outcome(0).status()).isEqualTo(OperationStatus.TIMED_OUT);
        order(OperationName.STOP, 0, Duration.ofMillis(50));
        assertThat(outcome(1).status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(outcome(1).reason()).isEqualTo("start of ledger still runs");
        assertThat(active()).containsExactly(Role.STARTED);

        resource.letGo.countDown();
        order(OperationName.STOP, 0, Duration.ofSeconds(5));
        assertThat(outcome(2).code()).isEqualTo(ReturnCode.OK);
        assertThat(active()).isEmpty();
    }

    @Test
    void whatWaitedUntilItsTermWasOverIsNotBegun() {
        resource.hangs = true;
        order(OperationName.START, 0, Duration.ofMillis(50));
        outcome(0);
        orderInTerm(OperationName.START);
        held = false;
        resource.letGo.countDown();

        assertThat(outcome(1).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(outcome(1).reason()).isEqualTo("its term was over before it began");
    }

    @Test
    void whatIsStoppedIsNotPromoted() {
        orderInTerm(OperationName.PROMOTE);

        assertThat(outcome(0).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(outcome(0).reason()).isEqualTo("ledger is stopped here");
        assertThat(active()).isEmpty();
    }

    @Test
    void whatIsInItsTermIsBegun() {
        orderInTerm(OperationName.START);
        assertThat(outcome(0).code()).isEqualTo(ReturnCode.OK);
    }

    private void orderInTerm(OperationName operation) {
        OperationOrder order = new OperationOrder(2, "ledger", operation, 0, Duration.ofSeconds(5), 7, "test");
        loop.execute(() -> runner.execute(order, outcomes::add));
    }

    private List<Role> active() {
        List<List<Role>> seen = new CopyOnWriteArrayList<>();
        loop.execute(() -> seen.add(List.copyOf(runner.active().values())));
        await().until(() -> !seen.isEmpty());
        return seen.get(0);
    }

    @Test
    void aRecurringMonitorTellsOnlyWhatChanges() {
        order(OperationName.START, 0, Duration.ofSeconds(5));
        outcome(0);
        order(OperationName.MONITOR, 5, Duration.ofSeconds(5));
        assertThat(outcome(1).code()).isEqualTo(ReturnCode.OK);
        resource.health = Health.failed("no session");
        assertThat(outcome(2).reason()).isEqualTo("no session");
        resource.health = Health.OK;
        assertThat(outcome(3).code()).isEqualTo(ReturnCode.OK);
    }

    @Test
    void whatIsNotImplementedIsNotInstalled() {
        OperationOrder order = new OperationOrder(1, "other", OperationName.START, 0, Duration.ofSeconds(1), 0, "test");
        loop.execute(() -> runner.execute(order, outcomes::add));
        assertThat(outcome(0).code()).isEqualTo(ReturnCode.NOT_INSTALLED);
    }

    @Test
    void stoppingAllCallsBackWhenNothingIsActive() {
        order(OperationName.START, 0, Duration.ofSeconds(5));
        outcome(0);
        CountDownLatch stopped = new CountDownLatch(1);
        loop.execute(() -> runner.stopAll("test", still -> stopped.countDown()));
        await().atMost(Duration.ofSeconds(10)).until(() -> stopped.getCount() == 0);
        assertThat(active()).isEmpty();
    }

    @Test
    void stoppingAllSaysWhatDidNotStop() {
        order(OperationName.START, 0, Duration.ofSeconds(5));
        outcome(0);
        resource.stops = false;
        BlockingQueue<SortedSet<String>> answers = new LinkedBlockingQueue<>();
        loop.execute(() -> runner.stopAll("test", answers::add));
        await().atMost(Duration.ofSeconds(10)).until(() -> !answers.isEmpty());
        assertThat(answers.remove()).containsExactly("ledger");
        assertThat(active()).containsExactly(Role.STARTED);
    }
}
