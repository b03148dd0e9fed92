package dev.ha4j.examples.demo.node;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a node's process costs.
 *
 * @param heapBytes in use after a garbage collection
 * @param threads of the JVM that run Java code
 * @param ownThreads those among them that the library started
 */
public record Usage(long heapBytes, int threads, int ownThreads) {

    static Usage now() {
        System.gc();
        var threads = ManagementFactory.getThreadMXBean();
        long own = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("ha4j-"))
                .count();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Usage(heap, threads.getThreadCount(), (int) own);
    }
}
