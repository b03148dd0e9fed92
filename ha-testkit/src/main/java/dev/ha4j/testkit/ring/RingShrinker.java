package dev.ha4j.testkit.ring;

import dev.ha4j.testkit.check.Violation;
import dev.ha4j.testkit.replay.DeltaDebugging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Finds out which faults of a run it takes to break the rule that it breaks first. For one thread. */
public final class RingShrinker {

    private final RingScenario drawn;
    private final BooleanSupplier hasTime;
    private final Violation first;
    private int trials = 1;

    private RingShrinker(RingScenario drawn, Violation first, BooleanSupplier hasTime) {
        this.drawn = drawn;
        this.first = first;
        this.hasTime = hasTime;
    }

    /**
     * What came of it.
     *
     * @param rule which all runs broke
     * @param drawn how many faults there were
     * @param numbers of the faults that are left, the first is 1
     * @param faults these, for people
     * @param trials how many runs it took
     * @param complete whether none more can be left out; false if the time was over
     */
    public record Outcome(
            String rule, int drawn, List<Integer> numbers, List<String> faults, int trials, boolean complete) {}

    /**
     * Leaves out faults of a seed until none more can be, or the time is over.
     *
     * @param hasTime asked before each run but the first
     * @throws IllegalArgumentException if the seed breaks no rule
     */
    public static Outcome shrink(long seed, Duration length, BooleanSupplier hasTime) {
        return shrink(new RingDraw(seed, length).scenario(), hasTime);
    }

    static Outcome shrink(RingScenario drawn, BooleanSupplier hasTime) {
        Violation first = violation(drawn)
                .orElseThrow(() -> new IllegalArgumentException("seed "
                        + drawn.options().seed() + " breaks no rule in this time, so that there is nothing to shrink"));
        return new RingShrinker(drawn, first, hasTime).run();
    }

    private static Optional<Violation> violation(RingScenario scenario) {
        return RingRun.of(scenario, List.of()).violations().stream().findFirst();
    }

    private Outcome run() {
        List<Integer> needed = DeltaDebugging.minimize(before(first.atNanos()), this::breaksTheSame);
        return new Outcome(
                first.rule(),
                drawn.faults().size(),
                needed,
                drawn.among(needed).faults().stream().map(RingFault::toString).toList(),
                trials,
                hasTime.getAsBoolean());
    }

    /** What comes after the violation has not brought it about. */
    private List<Integer> before(long atNanos) {
        return IntStream.rangeClosed(1, drawn.faults().size())
                .filter(number -> drawn.faults().get(number - 1).atNanos() <= atNanos)
                .boxed()
                .toList();
    }

    private boolean breaksTheSame(List<Integer> numbers) {
        if (!hasTime.getAsBoolean()) {
            return false;
        }
        trials++;
        return violation(drawn.among(numbers))
                .filter(found -> found.rule().equals(first.rule()))
                .isPresent();
    }
}
