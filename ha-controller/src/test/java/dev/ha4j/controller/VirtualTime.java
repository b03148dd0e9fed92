package dev.ha4j.controller;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import java.time.Duration;
import java.util.PriorityQueue;

/** One queue of tasks by (time, order of arrival); all nodes of a test share it. */
final class VirtualTime {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowNanos;
    private long order;

    private static final class Task implements Comparable<Task>, Timer {
        final long at;
        final long order;
        final Runnable body;
        boolean cancelled;

        Task(long at, long order, Runnable body) {
            this.at = at;
            this.order = order;
            this.body = body;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    long nanos() {
        return nowNanos;
    }

    Timer after(Duration wait, Runnable body) {
        Task task = new Task(nowNanos + wait.toNanos(), order++, body);
        tasks.add(task);
        return task;
    }

    void run(Duration span) {
        long end = nowNanos + span.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at <= end) {
            Task task = tasks.remove();
            nowNanos = task.at;
            if (!task.cancelled) {
                task.body.run();
            }
        }
        nowNanos = end;
    }

    /** The loop of one life of one node: dead when that life is over. */
    Loop loop() {
        return new Loop(this);
    }

    static final class Loop implements EventLoop {
        private final VirtualTime time;
        private boolean dead;

        Loop(VirtualTime time) {
            this.time = time;
        }

        void kill() {
            dead = true;
        }

        boolean isDead() {
            return dead;
        }

        @Override
        public void execute(Runnable task) {
            schedule(0, task);
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            return time.after(Duration.ofNanos(Math.max(0, delayNanos)), () -> {
                if (!dead) {
                    task.run();
                }
            });
        }

        @Override
        public NanoClock clock() {
            return time::nanos;
        }
    }
}
