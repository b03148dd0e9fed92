package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Violations found so far; the first {@link #MAX} are kept. */
public final class Findings {

    public static final int MAX = 32;

    private final List<Violation> violations = new ArrayList<>();

    public void report(String rule, TraceRecord step, String what) {
        report(rule, step.atNanos(), what);
    }

    public void report(String rule, long atNanos, String what) {
        if (violations.size() < MAX) {
            violations.add(new Violation(rule, atNanos, what));
        }
    }

    /** Reports unless the condition holds. */
    void require(boolean condition, String rule, TraceRecord step, Supplier<String> otherwise) {
        if (!condition) {
            report(rule, step, otherwise.get());
        }
    }

    public List<Violation> all() {
        return List.copyOf(violations);
    }

    public Optional<Violation> first() {
        return violations.stream().findFirst();
    }

    public boolean isEmpty() {
        return violations.isEmpty();
    }
}
