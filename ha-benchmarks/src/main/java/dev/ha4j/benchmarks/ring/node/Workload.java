package dev.ha4j.benchmarks.ring.node;

import java.util.stream.IntStream;

/**
 * What one run sends.
 *
 * @param sizeBytes size of each message
 * @param senders how many of the three nodes send
 * @param perSecond messages a second, all senders together; 0 for as many as the group takes
 * @param warmUpMillis how long before anything is counted
 * @param millis how long is counted
 */
public record Workload(int sizeBytes, int senders, int perSecond, int warmUpMillis, int millis) {

    /** A single sender is neither the first nor the last node, so that nobody's coordinator has an advantage. */
    private static final int LONE_SENDER = 2;

    boolean isSender(int node) {
        return senders > 1 ? node <= senders : node == LONE_SENDER;
    }

    boolean isPaced() {
        return perSecond > 0;
    }

    /** Between two messages of one sender. */
    long gapNanos() {
        return 1_000_000_000L * senders / perSecond;
    }

    /** As words, in the order of the components. */
    public String words() {
        return sizeBytes + " " + senders + " " + perSecond + " " + warmUpMillis + " " + millis;
    }

    static Workload of(String[] words) {
        int[] numbers = IntStream.range(1, words.length)
                .map(i -> Integer.parseInt(words[i]))
                .toArray();
        return new Workload(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
