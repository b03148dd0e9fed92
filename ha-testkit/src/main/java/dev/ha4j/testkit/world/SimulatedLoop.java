package dev.ha4j.testkit.world;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a simulated process: tasks keep their order, and take a moment to be reached. */
public final class SimulatedLoop implements EventLoop {

    private final VirtualTime time;
    private final Life life;
    private final HostClock clock;
    private final SplittableRandom random;
    private final LongSupplier maxHopNanos;
    private @Nullable Runnable afterEach;
    private long lastHandedOverNanos;

    public SimulatedLoop(
            VirtualTime time, Life life, HostClock clock, SplittableRandom random, LongSupplier maxHopNanos) {
        this.time = time;
        this.life = life;
        this.clock = clock;
        this.random = random;
        this.maxHopNanos = maxHopNanos;
    }

    /** To be run after each task of this loop. */
    void afterEach(Runnable task) {
        afterEach = task;
    }

    /** True time, which no node can see. */
    long worldNanos() {
        return time.now();
    }

    @Override
    public void execute(Runnable task) {
        long most = maxHopNanos.getAsLong();
        long hop = most == 0 ? 0 : random.nextLong(most);
        lastHandedOverNanos = Math.max(lastHandedOverNanos, time.now() + hop);
        time.at(lastHandedOverNanos, () -> life.run(Life.Kind.TASK, () -> run(task)));
    }

    /** Runs the task on this loop at this very instant: a packet that was read. */
    public void packet(Runnable task) {
        life.run(Life.Kind.PACKET, () -> run(task));
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Scheduled scheduled = new Scheduled(task);
        time.after(clock.worldNanos(delayNanos), scheduled);
        return scheduled;
    }

    @Override
    public NanoClock clock() {
        return clock;
    }

    private void run(Runnable task) {
        task.run();
        if (afterEach != null) {
            afterEach.run();
        }
    }

    private final class Scheduled implements Runnable, Timer {
        private final Runnable task;
        private boolean cancelled;

        Scheduled(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                life.run(Life.Kind.TASK, this::fire);
            }
        }

        private void fire() {
            if (!cancelled) {
                SimulatedLoop.this.run(task);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
