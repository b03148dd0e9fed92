package dev.ha4j.corosync.node;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls listeners on a thread of their own, in order, so that none of them holds up the ring. Bounded in bytes. */
final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** What an event costs besides its payload. */
    private static final int EVENT_BYTES = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Thread thread;
    private final long most;
    private long bytes;
    private boolean closed;

    private record Event(Runnable call, int bytes) {}

    Deliveries(String name, long mostBytes) {
        most = mostBytes;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** False if listeners are so far behind that there is no room. */
    boolean add(int payloadBytes, Runnable call) {
        lock.lock();
        try {
            if (bytes > most) {
                return false;
            }
            events.add(new Event(call, payloadBytes + EVENT_BYTES));
            bytes += payloadBytes + EVENT_BYTES;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds one more where there is no room, to say so. */
    void addLast(Runnable call) {
        lock.lock();
        try {
            events.add(new Event(call, 0));
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread when what waits has been delivered. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Optional<Event> next = next(); next.isPresent(); next = next()) {
            try {
                next.get().call().run();
            } catch (RuntimeException | Error e) {
                LOG.error("a listener of {} failed", thread.getName(), e);
            }
        }
    }

    private Optional<Event> next() {
        lock.lock();
        try {
            while (events.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            Event event = events.poll();
            bytes -= event == null ? 0 : event.bytes();
            return Optional.ofNullable(event);
        } finally {
            lock.unlock();
        }
    }
}
