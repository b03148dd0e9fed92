package dev.ha4j.testkit.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * One write that reached a storage.
 *
 * @param at virtual time since the simulation began
 * @param node name of the node whose code wrote
 * @param life of the node's process: 1 for its first start, rising with each
 * @param token of the term in which it was done
 * @param accepted whether the storage took it
 */
public record Act(Duration at, String node, int life, long token, boolean accepted) {

    /** Whether both are done by one process in one term. */
    boolean isOfOneTenureWith(Act other) {
        return node.equals(other.node) && life == other.life && token == other.token;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s acts with token %d at %.3f s%s",
                node,
                token,
                at.toNanos() / 1e9,
                accepted ? "" : " (refused)");
    }
}
