package dev.ha4j.api.config;

import java.time.Duration;

/**
 * What the network between the nodes is like. A profile is where {@link RingOptions} begin; each number of it can be replaced.
 * {@code docs/tuning.md} has all of them, with the reasons.
 */
public enum NetworkProfile {

    /** One data centre, machines of one's own: round trips far below a millisecond, pauses below a second. */
    LAN(Duration.ofSeconds(1), 25, 2.5, 2, Duration.ofMillis(3), new FlowOptions(50, 17, 0, 5)),

    /**
     * Zones of one region, virtual machines: round trips of some milliseconds, and neighbours and migrations that stop a
     * machine for a second.
     */
    CLOUD(Duration.ofSeconds(3), 25, 4, 3, Duration.ofMillis(20), new FlowOptions(100, 34, 0, 3)),

    /**
     * Regions: round trips of 20 to 200 ms, seconds of loss when routes change, and firewalls and tunnels that send refusals
     * in the name of hosts that are well, so that refusals count for nothing.
     */
    WAN(Duration.ofSeconds(10), 20, 5, 5, Duration.ZERO, new FlowOptions(256, 64, 0, 1));

    private final Duration tokenTimeout;
    private final int probes;
    private final double pingsUntilDown;
    private final int answersUntilUp;
    private final Duration refusalWait;
    private final FlowOptions flow;

    NetworkProfile(
            Duration tokenTimeout,
            int probes,
            double pingsUntilDown,
            int answersUntilUp,
            Duration refusalWait,
            FlowOptions flow) {
        this.tokenTimeout = tokenTimeout;
        this.probes = probes;
        this.pingsUntilDown = pingsUntilDown;
        this.answersUntilUp = answersUntilUp;
        this.refusalWait = refusalWait;
        this.flow = flow;
    }

    Duration tokenTimeout() {
        return tokenTimeout;
    }

    /** How many probes a member sends to its silent successor in the time after which it would be suspected. */
    int probes() {
        return probes;
    }

    /** Ping intervals without an answer after which one of several links is down. */
    double pingsUntilDown() {
        return pingsUntilDown;
    }

    /** Answers in a row after which a link is up. */
    public int answersUntilUp() {
        return answersUntilUp;
    }

    /** Zero where refusals count for nothing. */
    Duration refusalWait() {
        return refusalWait;
    }

    /** How much may be under way. */
    public FlowOptions flow() {
        return flow;
    }
}
