package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flattens sets of names and values. Q: of sets with equal scores the last one written wins, but within a set the first value
 * does.
 */
final class AttributeSets {
    private static final String DEFAULT = "#default";

    private final Rules rules;

    AttributeSets(Rules rules) {
        this.rules = rules;
    }

    Map<String, String> read(List<AttributeSet> sets, RuleInput input) {
        Map<String, String> values = new LinkedHashMap<>();
        readInto(values, sets, input);
        return values;
    }

    /** Adds what is not there yet. */
    void readInto(Map<String, String> values, List<AttributeSet> sets, RuleInput input) {
        readInto(values, sets, input, "");
    }

    /** The set with the given id comes before all others, whatever their scores. */
    void readInto(Map<String, String> values, List<AttributeSet> sets, RuleInput input, String first) {
        if (sets.isEmpty()) {
            return;
        }
        List<AttributeSet> ordered = new ArrayList<>(sets);
        Collections.reverse(ordered);
        ordered.sort(Comparator.<AttributeSet>comparingInt(set -> set.id().equals(first) ? 0 : 1)
                .thenComparing(Comparator.comparingInt(AttributeSet::score).reversed()));
        for (AttributeSet set : ordered) {
            if (rules.satisfied(set.rule(), input)) {
                set.entries().forEach(entry -> add(values, entry));
            }
        }
    }

    private static void add(Map<String, String> values, AttributeSet.NamedValue entry) {
        if (entry.value().equalsIgnoreCase(DEFAULT)) {
            values.remove(entry.name());
        } else {
            values.putIfAbsent(entry.name(), entry.value());
        }
    }
}
