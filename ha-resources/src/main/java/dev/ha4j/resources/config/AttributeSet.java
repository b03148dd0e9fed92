package dev.ha4j.resources.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values that hold together, possibly only while a rule is satisfied.
 *
 * @param id its name
 * @param score sets of higher score win
 * @param rule when the set holds; null for always
 * @param entries in order; of two with the same name the first wins
 */
public record AttributeSet(String id, int score, @Nullable Rule rule, List<NamedValue> entries) {
    public AttributeSet {
        entries = List.copyOf(entries);
    }

    /** A name and its value. */
    public record NamedValue(String name, String value) {}
}
