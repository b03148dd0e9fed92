package dev.ha4j.testkit.swarm;

/** What a run is full of. */
public enum Mix {
    /** No faults and hardly any requests: what a healthy cluster does all day. */
    IDLE,
    /** At least 1,000 ordered messages and 10 faults per simulated minute. */
    BUSY,
    /** Each seed its own: a random subset of faults with random strengths, more or less busy. */
    SWARM,
    /** Votes and voters change, and what decides on quorum fails: partitions, restarts, witnesses, slow disks. */
    QUORUM,
    /** The ring alone, with its packet security and its links: faults of networks and processes, and attacks. */
    RING
}
