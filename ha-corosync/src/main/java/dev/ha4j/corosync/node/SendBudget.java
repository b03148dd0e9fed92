package dev.ha4j.corosync.node;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes that applications have handed over and that the ring has not taken yet. One message always fits if there is no other. */
final class SendBudget {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long most;
    private long handedOver;
    private long waiting;
    private boolean closed;

    SendBudget(long mostBytes) {
        most = mostBytes;
    }

    void acquire(int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !hasRoom(bytes)) {
                changed.await();
            }
            take(bytes);
        } finally {
            lock.unlock();
        }
    }

    boolean tryAcquire(int bytes) {
        lock.lock();
        try {
            if (!closed && !hasRoom(bytes)) {
                return false;
            }
            take(bytes);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int bytes) {
        long used = handedOver + waiting;
        return used == 0 || used + bytes <= most;
    }

    private void take(int bytes) {
        if (closed) {
            throw new IllegalStateException("the node is closed");
        }
        handedOver += bytes;
    }

    /** The ring's thread took over a message, and has so much waiting now. */
    void settle(long taken, long waitingNow) {
        lock.lock();
        try {
            handedOver -= taken;
            waiting = waitingNow;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
