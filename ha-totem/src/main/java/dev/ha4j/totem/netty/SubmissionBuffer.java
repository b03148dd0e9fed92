package dev.ha4j.totem.netty;

import dev.ha4j.totem.DeliveryGuarantee;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What threads want to have sent in one lane, in order, until the loop takes it. It holds at most {@code maxBytes} and
 * {@code maxMessages}, and as much again for which there are receipts; as long as these are open, wherever the message is.
 */
final class SubmissionBuffer {

    private final long maxBytes;
    private final int maxMessages;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private long bytes;
    private int unsettledMessages;
    private long unsettledBytes;
    private boolean closed;

    /** The loop looks after each packet, and takes the lock only when there is something. */
    private volatile boolean empty = true;

    @SuppressWarnings("ArrayRecordComponent") // handed over without a copy
    record Pending(
            DeliveryGuarantee guarantee,
            byte[] payload,
            @Nullable Receipt receipt) {}

    /** What adding one came to. */
    enum Added {
        /** The loop has to be told. */
        FIRST,
        BEHIND_OTHERS,
        NO_ROOM,
        CLOSED
    }

    SubmissionBuffer(long maxBytes, int maxMessages) {
        this.maxBytes = maxBytes;
        this.maxMessages = maxMessages;
    }

    Added offer(Pending pending) {
        lock.lock();
        try {
            return closed ? Added.CLOSED : hasRoom(pending) ? add(pending) : Added.NO_ROOM;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room. */
    Added put(Pending pending) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !hasRoom(pending)) {
                room.await();
            }
            return closed ? Added.CLOSED : add(pending);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Pending pending) {
        return waiting.isEmpty() || (waiting.size() < maxMessages && bytes + pending.payload().length <= maxBytes);
    }

    /** Adds what has a receipt, whatever else waits. */
    Added ask(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                return Added.CLOSED;
            }
            int length = pending.payload().length;
            if (unsettledMessages == maxMessages || unsettledBytes + length > maxBytes) {
                return Added.NO_ROOM;
            }
            unsettledMessages++;
            unsettledBytes += length;
            return add(pending);
        } finally {
            lock.unlock();
        }
    }

    /** The receipt of so many bytes has been given. */
    void settled(int receivedBytes) {
        lock.lock();
        try {
            unsettledMessages--;
            unsettledBytes -= receivedBytes;
        } finally {
            lock.unlock();
        }
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

    /** Whoever waits for room, or comes later, is told so. What waits stays. */
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
