package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {

    private static final long STALL = 1_000;
    private static final int BOUND = 100 * DeliveryQueue.EVENT_BYTES;

    private final Waiting controllerLoop = new Waiting();
    private final List<Double> windows = new ArrayList<>();
    private final DeliveryQueue queue = new DeliveryQueue(controllerLoop, BOUND, STALL, windows::add);

    /** A loop that runs a task when it is told to. */
    private static final class Waiting implements EventLoop {
        final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            throw new AssertionError("no timers");
        }

        @Override
        public NanoClock clock() {
            throw new AssertionError("no clock");
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }

    private void handOver(int events) {
        for (int i = 0; i < events; i++) {
            queue.handOver(0, () -> {});
        }
    }

    @Test
    void theWindowClosesBeforeTheQueueIsFullAndOpensAgain() {
        handOver(50);
        assertThat(windows).isEmpty();
        handOver(50);
        assertThat(windows.get(windows.size() - 1)).isZero();
        assertThat(windows).isSortedAccordingTo((left, right) -> Double.compare(right, left));
        controllerLoop.runAll();
        assertThat(queue.isStuck(0)).isFalse();
        assertThat(windows.get(windows.size() - 1)).isEqualTo(1.0);
        assertThat(queue.waitingBytes()).isZero();
    }

    @Test
    void aControllerThatHandlesNothingForTheStallTimeIsStuck() {
        handOver(1);
        long now = 0;
        while (now <= STALL) {
            assertThat(queue.isStuck(now)).isFalse();
            now += STALL / 10;
        }
        assertThat(queue.isStuck(now)).isTrue();
    }

    @Test
    void progressAndPausesOfTheRingItselfAreNoStall() {
        handOver(2);
        for (long now = 0; now <= STALL; now += STALL / 10) {
            assertThat(queue.isStuck(now)).isFalse();
        }
        controllerLoop.tasks.remove().run();
        assertThat(queue.isStuck(STALL + 100)).isFalse();
        assertThat(queue.isStuck(10 * STALL)).as("right after a pause").isFalse();
    }

    @Test
    void aQueueFarBeyondItsBoundIsStuckAtOnce() {
        handOver(201);
        assertThat(queue.isStuck(0)).isTrue();
    }
}
