package dev.ha4j.benchmarks.ring.node;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets that are at most 1/64 wider than the one before, however many there are. One thread writes, others may
 * read.
 */
final class Latencies {

    private static final int SUB_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - SUB_BITS) * SUB_BUCKETS);

    void add(long nanos) {
        int bucket = bucket(Math.max(0, nanos));
        counts.lazySet(bucket, counts.getPlain(bucket) + 1);
    }

    /** Values below 64 have a bucket each; above, each doubling has 64. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    /** The lower edge of the bucket; 0 if nothing was measured. */
    long nanos(double fraction) {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        long before = (long) (total * fraction);
        for (int i = 0; i < counts.length(); i++) {
            before -= counts.get(i);
            if (before < 0) {
                return lowerEdge(i);
            }
        }
        return 0;
    }

    private static long lowerEdge(int bucket) {
        int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
        return (long) (bucket - (shift << SUB_BITS)) << shift;
    }
}
