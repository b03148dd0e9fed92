package dev.ha4j.api.report;

/** The rule by which it was decided whether a partition is quorate. */
public enum QuorumRule {
    /** More than half of the expected votes, or not. */
    MAJORITY,
    /** A majority only with the votes of the quorum device. */
    DEVICE,
    /** Either of two nodes may go on alone ({@code two_node}). */
    TWO_NODE,
    /** Of two equal halves the one with a certain node goes on ({@code auto_tie_breaker}). */
    TIE_BREAKER,
    /** The partition to which the device gives its vote goes on ({@code master_wins}). */
    MASTER_WINS,
    /** Not before all nodes were seen together ({@code wait_for_all}). */
    WAIT_FOR_ALL
}
