package dev.ha4j.testkit.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** One thread for what may block: the next task begins when the one before has ended. */
final class SimulatedExecutor implements Executor {

    private final VirtualTime time;
    private final Life life;
    private final SplittableRandom random;
    private final long maxStartNanos;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    SimulatedExecutor(VirtualTime time, Life life, SplittableRandom random, long maxStartNanos) {
        this.time = time;
        this.life = life;
        this.random = random;
        this.maxStartNanos = maxStartNanos;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (!busy) {
            busy = true;
            next();
        }
    }

    private void next() {
        time.after(random.nextLong(maxStartNanos + 1), () -> life.run(Life.Kind.TASK, this::run));
    }

    private void run() {
        waiting.remove().run();
        if (time.isEndless()) {
            return;
        }
        time.after(0, this::ended);
    }

    private void ended() {
        if (waiting.isEmpty()) {
            busy = false;
        } else {
            next();
        }
    }
}
