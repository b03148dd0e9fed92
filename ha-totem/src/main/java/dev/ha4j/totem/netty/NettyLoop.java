package dev.ha4j.totem.netty;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ring's thread. A lone loop rather than a group: netty's groups wake a second, global thread when they end. */
final class NettyLoop implements EventLoop {

    private static final NanoClock CLOCK = System::nanoTime;

    private final IoEventLoop loop;
    private volatile @Nullable Thread thread;

    NettyLoop(String threadName, KernelSockets sockets) {
        ThreadFactory threads = task -> {
            Thread created = new FastThreadLocalThread(task, threadName);
            created.setDaemon(true);
            thread = created;
            return created;
        };
        this.loop = new SingleThreadIoEventLoop(null, threads, sockets.loop());
    }

    IoEventLoop netty() {
        return loop;
    }

    boolean isOnLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        tryExecute(task);
    }

    /** False if the loop has ended, and the task will never run. */
    boolean tryExecute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Runs a task, as {@link #ask}. */
    CompletableFuture<Void> run(Runnable task) {
        return ask(() -> {
            task.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * What comes of a question that is put on the loop. Fails with what the question throws, or its answer fails with, and with an
     * {@link IllegalStateException} if the loop has ended.
     */
    <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean accepted = tryExecute(() -> {
            try {
                CompletableFuture<T> unused =
                        question.get().whenComplete((value, failure) -> settle(answer, value, failure));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!accepted) {
            answer.completeExceptionally(new IllegalStateException("the ring is closed"));
        }
        return answer;
    }

    private static <T extends @Nullable Object> void settle(
            CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(
                    failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure);
        }
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        try {
            Future<?> scheduled = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    @Override
    public NanoClock clock() {
        return CLOCK;
    }

    /** Ends the thread; waits for that, but not when called on the thread itself. */
    void shutDown(Duration bound) throws InterruptedException {
        Future<?> unused = loop.shutdownGracefully(0, bound.toMillis(), TimeUnit.MILLISECONDS);
        Thread running = thread;
        if (running != null && !loop.inEventLoop()) {
            running.join(bound.toMillis());
        }
    }
}
