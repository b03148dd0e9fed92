package dev.ha4j.node.assembly;

import dev.ha4j.runtime.EventLoop;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/**
 * What the ring has decided and the controller has not heard yet, bounded in bytes. From half of the bound on it lowers the
 * window of the whole ring, down to nothing when it is full. Everything but {@link #waitingBytes} is called on the ring's loop.
 */
final class DeliveryQueue {

    /** What an event costs besides its payload. */
    static final int EVENT_BYTES = 256;

    private final EventLoop controllerLoop;
    private final long boundBytes;
    private final long stallNanos;
    private final DoubleConsumer window;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private long handedOver;
    private long handledAtLastCheck;
    private long progressAt;
    private long lastCheckAt;
    private double advertised = 1;

    /**
     * An empty queue.
     *
     * @param stallNanos without any progress for this long, the controller is stuck
     * @param window told the fraction of the full window
     */
    DeliveryQueue(EventLoop controllerLoop, long boundBytes, long stallNanos, DoubleConsumer window) {
        this.controllerLoop = controllerLoop;
        this.boundBytes = boundBytes;
        this.stallNanos = stallNanos;
        this.window = window;
    }

    void handOver(int payloadBytes, Runnable event) {
        long bytes = (long) payloadBytes + EVENT_BYTES;
        waiting.addAndGet(bytes);
        handedOver++;
        controllerLoop.execute(() -> {
            try {
                event.run();
            } finally {
                waiting.addAndGet(-bytes);
                handled.incrementAndGet();
            }
        });
        advertise();
    }

    long waitingBytes() {
        return waiting.get();
    }

    /**
     * Looks whether the controller gets on. To be called more often than the stall time.
     *
     * @return whether it is stuck: the bound is passed, or nothing was handled for the stall time though something waits
     */
    boolean isStuck(long nowNanos) {
        advertise();
        long handledNow = handled.get();
        boolean paused = nowNanos - lastCheckAt > stallNanos / 2;
        if (handledNow != handledAtLastCheck || handledNow == handedOver || paused) {
            progressAt = nowNanos;
            handledAtLastCheck = handledNow;
        }
        lastCheckAt = nowNanos;
        return waiting.get() > 2 * boundBytes || nowNanos - progressAt > stallNanos;
    }

    private void advertise() {
        double used = (double) waiting.get() / boundBytes;
        double fraction = used <= 0.5 ? 1 : Math.max(0, 2 * (1 - used));
        boolean matters =
                Math.abs(fraction - advertised) >= 0.1 || (fraction != advertised && (fraction == 0 || fraction == 1));
        if (matters) {
            advertised = fraction;
            window.accept(fraction);
        }
    }
}
