package dev.ha4j.testkit.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Code of users in virtual time. Each call has a real thread, so that it can rest in the middle of its work; but only one
 * thread runs at a time, and the simulation stands still meanwhile. So the order of everything still comes from the seed
 * alone. A call that really blocks would stop the simulation for ever: it makes it fail instead.
 */
public final class UserThreads implements AutoCloseable {

    /** Real time after which a call counts as blocked. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private final ExecutorService threads = Executors.newCachedThreadPool(UserThreads::daemon);
    private final Semaphore simulation = new Semaphore(0);
    private final Set<Call> resting = new LinkedHashSet<>();
    private volatile @Nullable Turn turn;
    private volatile boolean closed;

    public UserThreads() {
        this(PATIENCE);
    }

    UserThreads(Duration patience) {
        this.patience = patience;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulated");
        thread.setDaemon(true);
        return thread;
    }

    /** Whose code runs now, and on which real thread. */
    private record Turn(NodeProcess process, Thread thread, Optional<Call> call) {}

    /** The process whose code calls this; empty for any other caller. */
    public Optional<NodeProcess> caller() {
        return Optional.ofNullable(turn)
                .filter(present -> present.thread == Thread.currentThread())
                .map(Turn::process);
    }

    /** Runs the code as the process's, on the simulation's own thread: it can't rest. */
    public <T> T as(NodeProcess process, Supplier<T> code) {
        Turn before = turn;
        turn = new Turn(process, Thread.currentThread(), Optional.empty());
        try {
            return code.get();
        } finally {
            turn = before;
        }
    }

    /**
     * Begins a call; returns when it has ended or rests.
     *
     * @param ended called when the work has returned, on the simulation's thread
     */
    public Call begin(NodeProcess process, String name, Runnable work, Runnable ended) {
        Call call = new Call(process, name, work, ended);
        goOn(call, () -> threads.execute(call));
        return call;
    }

    /** Called by code of users only: lets virtual time pass. Interrupted by the timeout of its operation. */
    public void rest(long nanos) throws InterruptedException {
        Call call = resting();
        call.process.later(nanos, call.wakeUp());
        call.rest();
    }

    /** Called by code of users only: returns never, but can be interrupted. */
    public void restForever() throws InterruptedException {
        resting().rest();
    }

    private Call resting() {
        return Optional.ofNullable(turn)
                .filter(present -> present.thread == Thread.currentThread())
                .flatMap(Turn::call)
                .orElseThrow(() -> new IllegalStateException("only an operation, a listener or a scheduled task of a"
                        + " simulated node can let time pass; in the test itself, call run(...)"));
    }

    private void goOn(Call call, Runnable start) {
        resting.remove(call);
        turn = new Turn(call.process, call.thread, Optional.of(call));
        start.run();
        try {
            if (!simulation.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw blocked(call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationFailure("the simulation was interrupted in " + call.name, e);
        }
        turn = null;
        call.settle();
    }

    private SimulationFailure blocked(Call call) {
        SimulationFailure failure = new SimulationFailure(call.name + " has blocked for " + patience.toMillis()
                + " ms of real time. Code in a simulation must not sleep, wait for other threads or loop until"
                + " something happens; it lets virtual time pass, or uses the simulated scheduler. It stands at:");
        failure.setStackTrace(call.thread.getStackTrace());
        return failure;
    }

    /** Ends what still rests, as the end of a process would. What it does from here on has no effect. */
    @Override
    public void close() {
        closed = true;
        List<Call> left = new ArrayList<>(resting);
        for (Call call : left) {
            call.turnCame.release();
            call.unwinds();
        }
        threads.shutdownNow();
    }

    /** Whether nothing that code of users does counts any more. */
    public boolean isClosed() {
        return closed;
    }

    /** Unwinds a call whose simulation is over. */
    private static final class Over extends Error {
        private static final long serialVersionUID = 1;

        Over() {
            super("the simulation is over", null, false, false);
        }
    }

    /** One call of a user's code. */
    public final class Call implements Runnable {
        private final NodeProcess process;
        private final String name;
        private final Runnable work;
        private final Runnable ended;
        private final Semaphore turnCame = new Semaphore(0);
        private volatile Thread thread = Thread.currentThread();
        private volatile boolean over;
        private boolean interrupted;
        private int rests;
        private volatile @Nullable SimulationFailure failure;

        private Call(NodeProcess process, String name, Runnable work, Runnable ended) {
            this.process = process;
            this.name = name;
            this.work = work;
            this.ended = ended;
        }

        /** On the call's own thread. */
        @Override
        public void run() {
            thread = Thread.currentThread();
            thread.setName(name);
            turn = new Turn(process, thread, Optional.of(this));
            try {
                work.run();
            } catch (SimulationFailure e) {
                failure = e;
            } catch (Over e) {
                // its simulation has ended
            } finally {
                over = true;
                simulation.release();
            }
        }

        private void rest() throws InterruptedException {
            if (closed) {
                throw new Over();
            }
            resting.add(this);
            simulation.release();
            turnCame.acquireUninterruptibly();
            if (closed) {
                throw new Over();
            }
            if (interrupted) {
                interrupted = false;
                throw new InterruptedException("the time of " + name + " is over");
            }
        }

        /** What ends the rest that is about to begin, and no later one. */
        private Runnable wakeUp() {
            int rest = ++rests;
            return () -> {
                if (rest == rests && resting.contains(this)) {
                    goOn(this, turnCame::release);
                }
            };
        }

        /** Whether the work has returned. */
        public boolean isOver() {
            return over;
        }

        /** Ends the present rest early; on the simulation's thread. */
        public void interrupt() {
            if (resting.contains(this)) {
                rests++;
                interrupted = true;
                goOn(this, turnCame::release);
            }
        }

        private void unwinds() {
            try {
                if (!simulation.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw blocked(this);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void settle() {
            if (failure != null) {
                throw failure;
            }
            if (over) {
                ended.run();
            }
        }
    }
}
