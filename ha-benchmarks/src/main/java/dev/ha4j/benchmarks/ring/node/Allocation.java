package dev.ha4j.benchmarks.ring.node;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/** What the threads of a group allocate: all but those that belong to the benchmark itself. */
final class Allocation {

    /** Threads whose names begin so make messages and measure. */
    static final String OWN_THREADS = "benchmark-";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> before = new TreeMap<>();

    void begin() {
        before.clear();
        for (long id : threads.getAllThreadIds()) {
            before.put(id, threads.getThreadAllocatedBytes(id));
        }
    }

    /** Since the beginning, by those that are alive now. */
    long bytes() {
        long bytes = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && !thread.getThreadName().startsWith(OWN_THREADS)
                    && !thread.getThreadName().equals("main")) {
                long id = thread.getThreadId();
                bytes += Math.max(0, threads.getThreadAllocatedBytes(id) - before.getOrDefault(id, 0L));
            }
        }
        return bytes;
    }
}
