package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.CompletionCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries out power orders as well as the faults allow. For the simulator's thread, except {@link #ordersReceived}. */
final class PowerSwitch {

    private static final int MAX_LATE_ORDERS = 64;

    private final ChassisControl chassis;
    private final BmcFaults faults;
    private final CountDownLatch closing;
    private final Deque<LateOrder> lateOrders = new ArrayDeque<>();
    private final AtomicInteger ordersReceived = new AtomicInteger();
    private boolean flickered;

    PowerSwitch(ChassisControl chassis, BmcFaults faults, CountDownLatch closing) {
        this.chassis = chassis;
        this.faults = faults;
        this.closing = closing;
    }

    int ordersReceived() {
        return ordersReceived.get();
    }

    /** What the BMC says, be it true or not. */
    boolean reading() throws IOException {
        flickered = !flickered;
        if (faults.isFlickering() && flickered) {
            return false;
        }
        return faults.claimedPower().isPresent() ? faults.claimedPower().get() : chassis.isOn();
    }

    /** Answers with a completion code. */
    int order(PowerOrder order) {
        ordersReceived.incrementAndGet();
        standStill(faults.orderDelay());
        if (faults.orderCompletionCode() != CompletionCode.OK) {
            return faults.orderCompletionCode();
        }
        if (faults.isIgnoringOrders()) {
            return CompletionCode.OK;
        }
        return faults.effectDelay().isZero() ? carryOut(order) : postpone(order);
    }

    private int postpone(PowerOrder order) {
        if (lateOrders.size() >= MAX_LATE_ORDERS) {
            return CompletionCode.BUSY;
        }
        lateOrders.add(
                new LateOrder(order, System.nanoTime() + faults.effectDelay().toNanos()));
        return CompletionCode.OK;
    }

    /** Carries out what has become due, and says how long until the next; 0 if there is none. */
    long carryOutLateOrders() {
        long nowNanos = System.nanoTime();
        while (!lateOrders.isEmpty() && lateOrders.peek().dueNanos() - nowNanos <= 0) {
            carryOut(lateOrders.remove().order());
        }
        return lateOrders.isEmpty() ? 0 : Math.max(1, lateOrders.peek().dueNanos() - nowNanos);
    }

    private int carryOut(PowerOrder order) {
        try {
            return switch (order) {
                case OFF -> off();
                case ON -> on();
                case CYCLE, RESET -> chassis.isOn() ? off() | on() : CompletionCode.WRONG_STATE;
                case UNSUPPORTED -> CompletionCode.INVALID_DATA;
            };
        } catch (IOException e) {
            return CompletionCode.UNSPECIFIED;
        }
    }

    private int off() throws IOException {
        chassis.powerOff();
        return CompletionCode.OK;
    }

    private int on() throws IOException {
        chassis.powerOn();
        return CompletionCode.OK;
    }

    private void standStill(Duration delay) {
        try {
            if (!delay.isZero() && closing.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                lateOrders.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record LateOrder(PowerOrder order, long dueNanos) {}
}
