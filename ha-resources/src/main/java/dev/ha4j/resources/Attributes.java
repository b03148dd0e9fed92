package dev.ha4j.resources;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values in the making. */
final class Attributes {

    private final Map<String, String> values = new LinkedHashMap<>();

    Attributes put(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    Attributes putIf(boolean condition, String name, Object value) {
        return condition ? put(name, value) : this;
    }

    Attributes putAll(Map<String, ?> all) {
        all.forEach(this::put);
        return this;
    }

    static Attributes of(Map<String, ?> all) {
        return new Attributes().putAll(all);
    }

    Map<String, String> map() {
        return values;
    }

    /** As one set that always holds; none if there is nothing in it. */
    List<AttributeSet> sets(String id) {
        return sets(id, 0, null);
    }

    /** As one set that holds where the rule does; none if there is nothing in it. */
    List<AttributeSet> sets(String id, int score, @Nullable Rule rule) {
        List<NamedValue> entries = new ArrayList<>();
        values.forEach((name, value) -> entries.add(new NamedValue(name, value)));
        return entries.isEmpty() ? List.of() : List.of(new AttributeSet(id, score, rule, entries));
    }
}
