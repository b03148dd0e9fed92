package dev.ha4j.corosync.udpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Tasks for the ring's thread. What they carry is bounded by {@link SendBudget}; others are few. */
final class Mailbox {

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> tasks = new ArrayList<>();

    /** Whether it was empty, so that the thread has to be woken. */
    boolean add(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            return tasks.size() == 1;
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
