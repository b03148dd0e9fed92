package dev.ha4j.testkit.ring;

import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param isHarmless whether nothing in it is a reason for the ring to be given up
 * @param messageEvery mean time between messages of the whole cluster
 * @param burstEvery mean time between bursts of them
 */
record RingScenario(
        RingOptions options,
        boolean isHarmless,
        Duration messageEvery,
        Duration burstEvery,
        Duration faultyTime,
        List<RingFault> faults) {}
