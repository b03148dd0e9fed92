package dev.ha4j.benchmarks.ring.node;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.netty.UdpRing;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What disturbs a ring while it is watched: lost tokens, a loop that is late, a collector that stops it. */
final class Watch {

    private static final long LOOK_NANOS = 1_000_000;

    private final UdpRing ring;
    private final AtomicLong longestStallNanos = new AtomicLong();
    private final AtomicLong pauses = new AtomicLong();
    private final AtomicLong pauseMillis = new AtomicLong();
    private final AtomicLong longestPauseMillis = new AtomicLong();
    private final long lossesBefore;

    Watch(UdpRing ring) throws ExecutionException, InterruptedException {
        this.ring = ring;
        this.lossesBefore = losses();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> collected(
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())),
                            notification -> notification
                                    .getType()
                                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
                            null);
        }
        look(ring.loop(), ring.loop().clock().nanoTime() + LOOK_NANOS);
    }

    private void collected(GarbageCollectionNotificationInfo collection) {
        long millis = collection.getGcInfo().getDuration();
        pauses.incrementAndGet();
        pauseMillis.addAndGet(millis);
        longestPauseMillis.accumulateAndGet(millis, Math::max);
    }

    private void look(EventLoop loop, long dueNanos) {
        loop.schedule(Math.max(0, dueNanos - loop.clock().nanoTime()), () -> {
            long nowNanos = loop.clock().nanoTime();
            longestStallNanos.accumulateAndGet(nowNanos - dueNanos, Math::max);
            look(loop, nowNanos + LOOK_NANOS);
        });
    }

    /** Each time the ring gathers anew. */
    private long losses() throws ExecutionException, InterruptedException {
        return ring.report().toCompletableFuture().get().ring().counters().getOrDefault("to gather", 0L);
    }

    /** As words: {@code losses longestStallMicros pauses pauseMillis longestPauseMillis}. */
    String words() throws ExecutionException, InterruptedException {
        return losses() - lossesBefore + " " + longestStallNanos.get() / 1_000 + " " + pauses + " " + pauseMillis + " "
                + longestPauseMillis;
    }
}
