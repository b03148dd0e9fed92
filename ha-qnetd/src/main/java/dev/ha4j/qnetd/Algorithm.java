package dev.ha4j.qnetd;

/** By which rule the arbiter chooses the partition that gets its vote; all nodes of a cluster ask for the same. */
public enum Algorithm {
    /** Whoever asks gets it. For tests only: two partitions can have it. */
    TEST,
    /** One vote for exactly one half of an even cluster. */
    FFSPLIT,
    /** Last man standing of two nodes. */
    TWO_NODE_LMS,
    /** Last man standing: the partition with the most nodes in contact with the arbiter. */
    LMS
}
