package dev.ha4j.node.rehearsal;

import dev.ha4j.runtime.Timer;
import java.util.PriorityQueue;

/** What will happen on the stage, ordered by instant and then by arrival. */
final class VirtualTime {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long nowNanos;
    private long entries;

    long now() {
        return nowNanos;
    }

    Timer after(long delayNanos, Runnable task) {
        Entry entry = new Entry(nowNanos + Math.max(0, delayNanos), entries++, task);
        queue.add(entry);
        return entry;
    }

    /** Runs what comes next; false if that is later than the given instant, or nothing comes. */
    boolean step(long untilNanos) {
        Entry next = queue.peek();
        if (next == null || next.atNanos > untilNanos) {
            return false;
        }
        queue.remove();
        if (!next.cancelled) {
            nowNanos = next.atNanos;
            next.task.run();
        }
        return true;
    }

    private static final class Entry implements Comparable<Entry>, Timer {
        private final long atNanos;
        private final long number;
        private final Runnable task;
        private boolean cancelled;

        Entry(long atNanos, long number, Runnable task) {
            this.atNanos = atNanos;
            this.number = number;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
