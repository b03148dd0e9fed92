package dev.ha4j.examples.demo;

/** The steps of a failover, in their order. */
enum Phase {
    /** A survivor gathers members for another ring. */
    DETECTED("detected"),
    /** A survivor is in a ring without the lost node. */
    RING("new ring"),
    /** A survivor knows that the lost node has no power. */
    FENCED("fenced"),
    /** The judge accepted the first act of the new term. */
    PROMOTED("promoted");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
