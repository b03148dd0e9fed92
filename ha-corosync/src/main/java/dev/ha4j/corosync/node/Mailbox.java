package dev.ha4j.corosync.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Tasks for the ring's thread. What they carry is bounded by {@link SendBudget}; others are few. */
final class Mailbox {

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> tasks = new ArrayList<>();
    private boolean closed;

    /** What became of a task. */
    enum Added {
        /** It is the first one: the thread has to be woken. */
        FIRST,
        BEHIND_OTHERS,
        /** It will not be run. */
        REFUSED
    }

    Added add(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                return Added.REFUSED;
            }
            tasks.add(task);
            return tasks.size() == 1 ? Added.FIRST : Added.BEHIND_OTHERS;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return tasks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses more; the last ones. */
    List<Runnable> close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        return take();
    }

    List<Runnable> take() {
        lock.lock();
        try {
            List<Runnable> taken = tasks;
            tasks = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
