package dev.ha4j.testkit.ring;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
        List<RingFault> faults) {

    private static final Set<RingFaultKind> LOSING_AT_RANDOM = EnumSet.of(
            RingFaultKind.LINK_LOSS,
            RingFaultKind.LINK_BURSTS,
            RingFaultKind.LINK_FLAPS,
            RingFaultKind.ADDRESS_MOVES,
            RingFaultKind.MULTICAST_LOSS);

    RingScenario with(List<RingFault> others) {
        return new RingScenario(options, isHarmless, messageEvery, burstEvery, faultyTime, List.copyOf(others));
    }

    /** Only the faults with these numbers; the first is 1. */
    RingScenario among(Collection<Integer> numbers) {
        return with(IntStream.rangeClosed(1, faults.size())
                .filter(numbers::contains)
                .mapToObj(number -> faults.get(number - 1))
                .toList());
    }

    /** Whether a way loses this and lets that pass for a while, so that pings don't show what it is worth. */
    boolean losesAtRandom() {
        return faults.stream().anyMatch(fault -> LOSING_AT_RANDOM.contains(fault.kind()));
    }
}
