package dev.ha4j.node.rehearsal;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import java.util.concurrent.Executor;

/** Stands in for all threads of one life of a node; nothing runs once that life is over. */
final class StageLoop implements EventLoop, Executor {

    private final VirtualTime time;
    private boolean over;

    StageLoop(VirtualTime time) {
        this.time = time;
    }

    void end() {
        over = true;
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return time.after(delayNanos, () -> {
            if (!over) {
                task.run();
            }
        });
    }

    @Override
    public NanoClock clock() {
        return time::now;
    }
}
