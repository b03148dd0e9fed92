package dev.ha4j.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is missing and what is too much, counting how often each thing is there. */
public record Difference(List<String> missing, List<String> surplus) {

    /** Compares statuses. */
    public static Difference of(Map<String, String> expected, Map<String, String> got) {
        return of(lines(expected), lines(got));
    }

    private static List<String> lines(Map<String, String> status) {
        return status.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** Compares multisets. */
    public static Difference of(Collection<String> expected, Collection<String> got) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        expected.forEach(each -> counts.merge(each, 1, Integer::sum));
        got.forEach(each -> counts.merge(each, -1, Integer::sum));
        List<String> missing = new ArrayList<>();
        List<String> surplus = new ArrayList<>();
        counts.forEach((each, count) -> {
            for (int i = 0; i < count; i++) {
                missing.add(each);
            }
            for (int i = 0; i < -count; i++) {
                surplus.add(each);
            }
        });
        return new Difference(missing, surplus);
    }

    /** Whether both are the same. */
    public boolean isEmpty() {
        return missing.isEmpty() && surplus.isEmpty();
    }
}
