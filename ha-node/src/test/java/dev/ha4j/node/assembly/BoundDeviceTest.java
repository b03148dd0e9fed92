package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.PathCheck;
import dev.ha4j.controller.FenceOrder;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import dev.ha4j.runtime.SingleThreadEventLoop;
import dev.ha4j.runtime.ThreadWorkers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Calls of a device on real threads. */
class BoundDeviceTest {

    private static final NodeSpec TARGET = NodeSpec.of(2, "b", "192.0.2.2");
    private static final long NOW_MILLIS = 1_700_000_000_000L;

    private final SingleThreadEventLoop loop = new SingleThreadEventLoop("device-loop", failure -> {});
    private final ThreadWorkers workers = new ThreadWorkers("device", loop);
    private final Switch device = new Switch();
    private final BoundDevice bound = new BoundDevice(
            device,
            loop,
            workers,
            NOPLogger.NOP_LOGGER,
            new PathChecks(device, loop.clock(), () -> NOW_MILLIS, NOPLogger.NOP_LOGGER));
    private final List<FenceResult> results = new CopyOnWriteArrayList<>();

    /** Its checks find what they are told, and hang if told so. */
    private static final class Switch implements FenceDevice {
        final CountDownLatch checking = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        volatile boolean hangs;
        volatile List<String> problems = List.of();

        @Override
        public String id() {
            return "switch";
        }

        @Override
        public Set<String> targets() {
            return Set.of("b");
        }

        @Override
        public ProofLevel proofLevel() {
            return ProofLevel.POWER_VERIFIED;
        }

        @Override
        public FenceResult off(FenceRequest request) {
            return FenceResult.confirmed(proofLevel(), new Evidence(id(), "b", List.of("off", "off")));
        }

        @Override
        public PowerState status(FenceRequest request) {
            return PowerState.ON;
        }

        @Override
        public List<String> check(FenceRequest request) {
            checking.countDown();
            try {
                if (hangs) {
                    letGo.await();
                }
                return problems;
            } catch (InterruptedException e) {
                return List.of("interrupted");
            }
        }
    }

    @BeforeEach
    void deviceHasNoReport() {
        assertThat(bound.report().checks()).isEmpty();
    }

    @AfterEach
    void end() {
        device.letGo.countDown();
        workers.close();
        loop.close();
    }

    @Test
    void aProvenPathIsDatedAndTimed() {
        check();

        PathCheck check = firstCheck();
        assertThat(check.isProven()).isTrue();
        assertThat(check.target()).isEqualTo("b");
        assertThat(check.at()).isEqualTo(Instant.ofEpochMilli(NOW_MILLIS));
        assertThat(check.took()).isPositive();
        assertThat(bound.report().problems()).isEmpty();
    }

    @Test
    void whatIsWrongWithAPathIsReportedWithItsTarget() {
        device.problems = List.of("the password is wrong");

        check();

        assertThat(firstCheck().isProven()).isFalse();
        assertThat(bound.report().problems()).containsExactly("b: the password is wrong");
    }

    @Test
    void fencingInterruptsACheckWhichThenSaysNothing() throws InterruptedException {
        device.hangs = true;
        check();
        device.checking.await();

        loop.execute(() -> bound.off(order(), results::add));

        await().until(() -> !results.isEmpty());
        assertThat(results).first().isInstanceOf(FenceResult.Confirmed.class);
        assertThat(bound.report().checks()).isEmpty();
    }

    private void check() {
        loop.execute(() -> bound.check(TARGET));
    }

    private PathCheck firstCheck() {
        await().until(() -> !bound.report().checks().isEmpty());
        return bound.report().checks().get(0);
    }

    private static FenceOrder order() {
        return new FenceOrder(1, NodeId.of(2), "b", Optional.empty(), "switch", 1, Duration.ofMinutes(1), () -> true);
    }
}
