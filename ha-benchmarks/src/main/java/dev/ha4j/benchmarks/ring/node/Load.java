package dev.ha4j.benchmarks.ring.node;

import java.util.LongSummaryStatistics;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One run on one node: sends if it is a sender, and counts what is delivered between warm-up and end. */
final class Load {

    private static final long DRAIN_MILLIS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Group group;
    private final Workload workload;
    private final Tally tally;
    private final int self;
    private final Allocation allocation = new Allocation();

    Load(Group group, Workload workload, Tally tally, int self) {
        this.group = group;
        this.workload = workload;
        this.tally = tally;
        this.self = self;
    }

    /** The answer as words: {@code result perSecond p50Nanos p99Nanos delivered hash allocatedBytes fairPercent}. */
    String run() throws InterruptedException, ExecutionException {
        long beginNanos = System.nanoTime();
        long fromNanos = beginNanos + workload.warmUpMillis() * NANOS_PER_MILLI;
        long untilNanos = fromNanos + workload.millis() * NANOS_PER_MILLI;
        FutureTask<Void> sending = new FutureTask<>(() -> send(beginNanos, untilNanos), null);
        if (workload.isSender(self)) {
            new Thread(sending, Allocation.OWN_THREADS + "sender").start();
        }
        park(fromNanos);
        tally.count();
        long[] beforeBySender = tally.deliveredBySender();
        allocation.begin();
        long before = tally.delivered();
        long beforeNanos = System.nanoTime();
        park(untilNanos);
        long counted = tally.delivered() - before;
        double seconds = (System.nanoTime() - beforeNanos) / 1e9;
        long allocatedBytes = allocation.bytes() / Math.max(1, counted);
        long fairPercent = fairPercent(beforeBySender, tally.deliveredBySender());
        if (workload.isSender(self)) {
            sending.get();
        }
        if (!tally.awaitLast(DRAIN_MILLIS)) {
            return "failed not all was delivered within " + DRAIN_MILLIS + " ms of the end";
        }
        return "result " + Math.round(counted / seconds) + " " + tally.latencyNanos(0.5) + " "
                + tally.latencyNanos(0.99) + " " + tally.delivered() + " " + tally.hash() + " "
                + allocatedBytes + " " + fairPercent;
    }

    private long fairPercent(long[] before, long[] after) {
        LongSummaryStatistics counts = IntStream.range(0, after.length)
                .filter(i -> workload.isSender(i + 1))
                .mapToLong(i -> after[i] - before[i])
                .summaryStatistics();
        return counts.getMax() == 0 ? 0 : 100 * counts.getMin() / counts.getMax();
    }

    private void send(long beginNanos, long untilNanos) {
        try {
            int number = 0;
            for (long now = beginNanos; now - untilNanos < 0; now = System.nanoTime()) {
                if (workload.isPaced()) {
                    park(beginNanos + number * workload.gapNanos());
                }
                send(number++, false);
            }
            send(number, true);
        } catch (Exception e) {
            throw new IllegalStateException("can't send", e);
        }
    }

    private void send(int number, boolean last) throws Exception {
        group.send(new Stamp(System.nanoTime(), number, self, last).message(workload.sizeBytes()));
    }

    private static void park(long untilNanos) {
        for (long left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
