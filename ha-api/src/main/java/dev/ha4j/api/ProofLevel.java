package dev.ha4j.api;

/**
 * How surely it is known that a lost node does no more harm. A resource names the lowest level at which another node may
 * take it over.
 *
 * <p>{@link #POWER_VERIFIED} and {@link #FABRIC_VERIFIED} are of one rank. A human's confirmation stands outside this
 * order: it unlocks where the resource allows it, whatever level the resource demands.
 */
public enum ProofLevel {
    /** Nothing is known; never unlocks anything. */
    NONE(0),
    /**
     * The node promised to stop when its lease ends, and that time has provably passed. A pause between check and act is
     * not covered.
     */
    SELF_LEASE(1),
    /** A supervisor on the node's host confirmed that the process is gone. */
    PROCESS_KILLED(2),
    /** The node had armed a killer outside the JVM, and its timeout has provably passed. */
    WATCHDOG_LEASE(3),
    /** The node was cut off from what it could harm, read back from the fabric. */
    FABRIC_VERIFIED(4),
    /** A power device reported the identified node off, read twice. */
    POWER_VERIFIED(4),
    /** What the resource acts on refuses older tokens by itself, so that a lost holder can do no harm at all. */
    RESOURCE_TOKEN(5);

    private final int rank;

    ProofLevel(int rank) {
        this.rank = rank;
    }

    /** Whether proof of this level satisfies a resource that demands {@code demanded}. */
    public boolean satisfies(ProofLevel demanded) {
        return this != NONE && rank >= demanded.rank;
    }

    /** The stronger of the two; this one if they are of one rank. */
    public ProofLevel strongest(ProofLevel other) {
        return other.rank > rank ? other : this;
    }
}
