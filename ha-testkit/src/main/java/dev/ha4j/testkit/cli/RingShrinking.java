package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.ring.RingShrinker;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes a run of the ring alone smaller, on the command line. */
final class RingShrinking {

    private RingShrinking() {}

    /**
     * Says which faults it takes; 0 if the run breaks a rule at all.
     *
     * @param command that runs the seed
     */
    static int shrink(long seed, Duration length, Duration limit, String command) {
        long end = System.nanoTime() + limit.toNanos();
        RingShrinker.Outcome outcome = RingShrinker.shrink(seed, length, () -> System.nanoTime() - end < 0);
        System.out.printf(
                Locale.ROOT,
                "breaks %s: from %d faults to %d, in %d trials%s%n",
                outcome.rule(),
                outcome.drawn(),
                outcome.faults().size(),
                outcome.trials(),
                outcome.complete() ? "" : " (the time was over; --shrink-minutes gives more)");
        outcome.faults().forEach(fault -> System.out.println("    " + fault));
        String numbers = outcome.numbers().stream().map(String::valueOf).collect(Collectors.joining(","));
        System.out.println("replay: " + command + " --faults " + (numbers.isEmpty() ? "0" : numbers));
        return 0;
    }
}
