package dev.ha4j.quorum;

import dev.ha4j.api.config.QuorumOptions;

/**
 * Whether all nodes have to be seen together before the next quorum ({@code wait_for_all}). It is carried from one judgement
 * to the next, and starts anew when the node starts.
 */
public enum WaitForAll {
    /** Not all nodes were seen together since this node started or lost quorum. */
    WAITING,
    /** They were, or nobody demands it, or a member has quorum since it saw them. */
    OVER;

    /** The status of a node that has just started. */
    public static WaitForAll atStart(QuorumOptions options) {
        return options.waitForAll() ? WAITING : OVER;
    }

    /** The status of a partition: one member that is through with waiting is enough. */
    public WaitForAll with(WaitForAll other) {
        return this == OVER ? OVER : other;
    }
}
