package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.Health;
import dev.ha4j.api.Notice;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.OperationContext;
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
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Resources that hear of their peers, on real threads. */
class ListenerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SingleThreadEventLoop loop = new SingleThreadEventLoop("listener-loop", failure -> {});
    private final ThreadWorkers workers = new ThreadWorkers("listener", loop);
    private final ResourceRunner runner =
            new ResourceRunner("a", loop, workers, token -> Optional.empty(), NOPLogger.NOP_LOGGER);
    private final Replica replica = new Replica();

    private static final class Replica implements NotifiedResource {
        final CountDownLatch letGo = new CountDownLatch(1);
        final List<String> heardOn = new CopyOnWriteArrayList<>();
        volatile boolean hangs;
        volatile boolean throwsUp;
        volatile boolean startsSlowly;

        @Override
        public void notified(Notice notice, OperationContext operation) throws InterruptedException {
            heardOn.add(Thread.currentThread().getName());
            if (hangs) {
                letGo.await();
            }
            if (throwsUp) {
                throw new IllegalStateException("no connection to the standby");
            }
        }

        @Override
        public void start(OperationContext operation) throws InterruptedException {
            if (startsSlowly) {
                letGo.await();
            }
        }

        @Override
        public void stop(OperationContext operation) {}

        @Override
        public Health monitor(OperationContext operation) {
            return Health.AS_EXPECTED;
        }
    }

    @BeforeEach
    void host() {
        loop.execute(() -> runner.implement("pg", replica));
    }

    @AfterEach
    void close() {
        replica.letGo.countDown();
        workers.close();
        loop.close();
    }

    /** Outcomes of one order; there is at most one. */
    private List<OperationOutcome> order(OperationName operation, Duration timeout, Optional<Notice> notice) {
        List<OperationOutcome> outcomes = new CopyOnWriteArrayList<>();
        OperationOrder order =
                new OperationOrder(1, "pg", operation, 0, timeout, 0, new TreeMap<>(), "", notice, "test");
        loop.execute(() -> runner.execute(order, outcomes::add));
        return outcomes;
    }

    private List<OperationOutcome> tell(Notice.Phase phase, Duration timeout) {
        return order(OperationName.NOTIFY, timeout, Optional.of(new Notice(phase, new TreeMap<>(), new TreeMap<>())));
    }

    private List<OperationOutcome> order(OperationName operation) {
        return order(operation, LONG, Optional.empty());
    }

    private static OperationOutcome outcome(List<OperationOutcome> outcomes) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !outcomes.isEmpty());
        return outcomes.get(0);
    }

    @Test
    void itHearsOnAWorkerThread() {
        order(OperationName.START);
        assertThat(outcome(tell(Notice.Phase.BEFORE, LONG)).code()).isEqualTo(ReturnCode.OK);
        assertThat(replica.heardOn).singleElement().asString().doesNotContain("loop");
    }

    @Test
    void oneThatThrowsSaysWhy() {
        replica.throwsUp = true;
        order(OperationName.START);
        OperationOutcome outcome = outcome(tell(Notice.Phase.BEFORE, LONG));
        assertThat(outcome.code()).isEqualTo(ReturnCode.GENERIC_ERROR);
        assertThat(outcome.reason()).contains("no connection to the standby");
    }

    @Test
    void oneThatHangsIsInterruptedAtItsTimeout() {
        replica.hangs = true;
        order(OperationName.START);
        OperationOutcome outcome = outcome(tell(Notice.Phase.BEFORE, Duration.ofMillis(50)));
        assertThat(outcome.status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(outcome.reason()).contains("notify of pg took longer than 50 ms");
        assertThat(outcome(order(OperationName.STOP)).code()).isEqualTo(ReturnCode.OK);
    }

    @Test
    void aStopWaitsForNobodyWhoHearsWhatIsPast() {
        replica.hangs = true;
        order(OperationName.START);
        List<OperationOutcome> running = tell(Notice.Phase.AFTER, LONG);
        List<OperationOutcome> waiting = tell(Notice.Phase.AFTER, LONG);
        await().until(() -> !replica.heardOn.isEmpty());
        assertThat(outcome(order(OperationName.STOP)).code()).isEqualTo(ReturnCode.OK);
        assertThat(outcome(running).code()).isEqualTo(ReturnCode.GENERIC_ERROR);
        assertThat(outcome(waiting).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(replica.heardOn).hasSize(1);
    }

    @Test
    void whatIsPastWaitsForItsTurnHoweverLongThatTakes() {
        replica.startsSlowly = true;
        order(OperationName.START);
        List<OperationOutcome> after = tell(Notice.Phase.AFTER, Duration.ofMillis(20));
        OperationOutcome late = outcome(order(OperationName.MONITOR, Duration.ofMillis(100), Optional.empty()));
        assertThat(late.status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(after).isEmpty();
        replica.letGo.countDown();
        assertThat(outcome(after).code()).isEqualTo(ReturnCode.OK);
    }

    @Test
    void whoIsStoppedHearsNothing() {
        assertThat(outcome(tell(Notice.Phase.AFTER, LONG)).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(replica.heardOn).isEmpty();
    }
}
