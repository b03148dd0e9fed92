package dev.ha4j.examples.demo.judge;

/**
 * The acts of one token, as the judge accepted them.
 *
 * @param token the token
 * @param node number of the node whose act was the first
 * @param pid its process
 * @param firstSentNanos when its first act was sent
 * @param firstArrivedNanos when its first act was accepted
 * @param lastSentNanos when its last act so far was sent
 * @param acts accepted so far
 */
public record Tenure(
        long token, int node, long pid, long firstSentNanos, long firstArrivedNanos, long lastSentNanos, long acts) {

    static Tenure begunBy(Act act, long arrivedNanos) {
        return new Tenure(act.token(), act.node(), act.pid(), act.sentNanos(), arrivedNanos, act.sentNanos(), 1);
    }

    Tenure and(Act act) {
        long last = Math.max(lastSentNanos, act.sentNanos());
        return new Tenure(token, node, pid, firstSentNanos, firstArrivedNanos, last, acts + 1);
    }

    boolean isOf(Act act) {
        return node == act.node() && pid == act.pid();
    }
}
