package dev.ha4j.benchmarks.ring.node;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one node delivers in one run. Delivered to by one thread at a time, read by another. */
final class Tally {

    private static final int MAX_LATENCIES = 1 << 20;
    private static final long HASH_FACTOR = 0x100000001B3L;

    private final Workload workload;
    private final int self;
    private final CountDownLatch sendersGoing;
    private final long[] latenciesNanos;
    private int latencies;
    private long hash;
    private final AtomicLong delivered = new AtomicLong();
    private volatile long countFromNanos = Long.MAX_VALUE;

    Tally(Workload workload, int self) {
        this.workload = workload;
        this.self = self;
        this.sendersGoing = new CountDownLatch(workload.senders());
        this.latenciesNanos = new long[workload.isPaced() ? MAX_LATENCIES : 0];
    }

    void delivered(byte[] buffer, int offset) {
        Stamp stamp = Stamp.of(buffer, offset);
        hash = (hash ^ ((long) stamp.sender() << Integer.SIZE | stamp.number())) * HASH_FACTOR;
        if (workload.isPaced() && stamp.sender() == self) {
            note(stamp);
        }
        delivered.lazySet(delivered.getPlain() + 1); // only one thread at a time writes it
        if (stamp.last()) {
            sendersGoing.countDown();
        }
    }

    private void note(Stamp stamp) {
        if (stamp.sentNanos() - countFromNanos >= 0 && latencies < MAX_LATENCIES) {
            latenciesNanos[latencies++] = System.nanoTime() - stamp.sentNanos();
        }
    }

    void count() {
        countFromNanos = System.nanoTime();
    }

    long delivered() {
        return delivered.get();
    }

    /** Whether the last message of each sender arrived within the limit. */
    boolean awaitLast(long limitMillis) throws InterruptedException {
        return sendersGoing.await(limitMillis, TimeUnit.MILLISECONDS);
    }

    /** Of all messages in the order of their delivery; equal on all nodes. */
    long hash() {
        return hash;
    }

    /** 0 if nothing was measured. */
    long latencyNanos(double fraction) {
        long[] sorted = Arrays.copyOf(latenciesNanos, latencies);
        Arrays.sort(sorted);
        return latencies == 0 ? 0 : sorted[(int) Math.min(latencies - 1L, (long) (latencies * fraction))];
    }
}
