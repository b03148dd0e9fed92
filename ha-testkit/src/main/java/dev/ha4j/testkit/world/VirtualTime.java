package dev.ha4j.testkit.world;

import dev.ha4j.runtime.Timer;
import java.time.Duration;
import java.util.PriorityQueue;

/**
 * The one queue of everything that will happen, ordered by (time, sequence). Time stands still while a task runs; a task that
 * says how long it takes ({@link #spend}) sees time pass for itself alone, and what it schedules comes after that.
 */
public final class VirtualTime {

    /** Spent by what never ends. */
    public static final long FOREVER = Long.MAX_VALUE / 8;

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(1024);
    private long nowNanos;
    private long spentNanos;
    private long sequence;
    private long executed;

    /** Nanoseconds since the simulation began, as the running task sees it. */
    public long now() {
        return nowNanos + spentNanos;
    }

    /** Tasks that were run. */
    public long executed() {
        return executed;
    }

    /** The running task takes this long. */
    public void spend(long nanos) {
        spentNanos = Math.min(FOREVER, spentNanos + nanos);
    }

    /** Whether the running task never ends. */
    boolean isEndless() {
        return spentNanos >= FOREVER;
    }

    public Timer after(Duration delay, Runnable task) {
        return at(now() + delay.toNanos(), task);
    }

    public Timer after(long delayNanos, Runnable task) {
        return at(now() + delayNanos, task);
    }

    /** At this instant, or when the running task ends if that is later. */
    public Timer at(long atNanos, Runnable task) {
        return atInstant(Math.max(atNanos, now()), task);
    }

    /** At this instant, even if the running task takes longer. */
    Timer atInstant(long atNanos, Runnable task) {
        Entry entry = new Entry(Math.max(atNanos, nowNanos), sequence++, task);
        queue.add(entry);
        return entry;
    }

    /** Runs all that is due up to and including this instant, which is then the present. */
    public void runUntil(long untilNanos) {
        for (Entry next = queue.peek(); next != null && next.atNanos <= untilNanos; next = queue.peek()) {
            queue.remove();
            if (!next.cancelled) {
                nowNanos = next.atNanos;
                spentNanos = 0;
                executed++;
                next.task.run();
            }
        }
        spentNanos = 0;
        nowNanos = Math.max(nowNanos, untilNanos);
    }

    private static final class Entry implements Comparable<Entry>, Timer {
        private final long atNanos;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        Entry(long atNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
