package dev.ha4j.benchmarks.ring.node;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what one node delivers in one run. Delivered to by one thread at a time, read by another. */
final class Tally {

    private static final long HASH_FACTOR = 0x100000001B3L;

    private final Workload workload;
    private final int self;
    private final CountDownLatch sendersGoing;
    private final Latencies latencies = new Latencies();
    private final AtomicLongArray deliveredOf = new AtomicLongArray(Group.SIZE);
    private long hash;
    private final AtomicLong delivered = new AtomicLong();
    private volatile long countFromNanos = Long.MAX_VALUE;

    Tally(Workload workload, int self) {
        this.workload = workload;
        this.self = self;
        this.sendersGoing = new CountDownLatch(workload.senders());
    }

    void delivered(byte[] buffer, int offset) {
        Stamp stamp = Stamp.of(buffer, offset);
        hash = (hash ^ ((long) stamp.sender() << Integer.SIZE | stamp.number())) * HASH_FACTOR;
        if (workload.isPaced() && stamp.sender() == self) {
            note(stamp);
        }
        int sender = stamp.sender() - 1;
        deliveredOf.lazySet(sender, deliveredOf.getPlain(sender) + 1);
        delivered.lazySet(delivered.getPlain() + 1); // only one thread at a time writes it
        if (stamp.last()) {
            sendersGoing.countDown();
        }
    }

    private void note(Stamp stamp) {
        if (stamp.sentNanos() - countFromNanos >= 0) {
            latencies.add(System.nanoTime() - stamp.sentNanos());
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
        return latencies.nanos(fraction);
    }

    /** How many messages of each node were delivered here. */
    long[] deliveredBySender() {
        long[] counts = new long[Group.SIZE];
        Arrays.setAll(counts, deliveredOf::get);
        return counts;
    }
}
