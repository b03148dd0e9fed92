package dev.ha4j.totem.netty;

import dev.ha4j.totem.DeliveryGuarantee;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What threads want to have sent in one lane, in order, until the loop takes it. Holds at most {@code maxBytes} and
 * {@code maxMessages}.
 */
final class SubmissionBuffer {

    private final long maxBytes;
    private final int maxMessages;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /** The loop looks after each packet, and takes the lock only when there is something. */
    private volatile boolean empty = true;

    @SuppressWarnings("ArrayRecordComponent") // handed over without a copy
    record Pending(DeliveryGuarantee guarantee, byte[] payload) {}

    /** What adding one came to. */
    enum Added {
        /** The loop has to be told. */
        FIRST,
        BEHIND_OTHERS,
        NO_ROOM
    }

    SubmissionBuffer(long maxBytes, int maxMessages) {
        this.maxBytes = maxBytes;
        this.maxMessages = maxMessages;
    }

    Added offer(Pending pending) {
        lock.lock();
        try {
            return hasRoom(pending) ? add(pending) : Added.NO_ROOM;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room. */
    Added put(Pending pending) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!hasRoom(pending)) {
                room.await();
            }
            return add(pending);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Pending pending) {
        if (closed) {
            throw new IllegalStateException("the ring is closed");
        }
        return waiting.isEmpty() || (waiting.size() < maxMessages && bytes + pending.payload().length <= maxBytes);
    }

    private Added add(Pending pending) {
        bytes += pending.payload().length;
        waiting.addLast(pending);
        if (waiting.size() > 1) {
            return Added.BEHIND_OTHERS;
        }
        empty = false;
        return Added.FIRST;
    }

    /** On the loop. */
    boolean isEmpty() {
        return empty;
    }

    /** Everything that waits, in exchange for an empty queue. On the loop. */
    ArrayDeque<Pending> take(ArrayDeque<Pending> emptied) {
        lock.lock();
        try {
            ArrayDeque<Pending> taken = waiting;
            waiting = emptied;
            bytes = 0;
            empty = true;
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits, or comes later, gets an {@link IllegalStateException}. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
