package dev.ha4j.resources;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    Map<String, String> map() {
        return values;
    }

    /** As one set that always holds; none if there is nothing in it. */
    List<AttributeSet> sets(String id) {
        List<NamedValue> entries = new ArrayList<>();
        values.forEach((name, value) -> entries.add(new NamedValue(name, value)));
        return entries.isEmpty() ? List.of() : List.of(new AttributeSet(id, 0, null, entries));
    }
}
