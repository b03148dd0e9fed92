package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configured operation of a resource.
 *
 * @param attributes all attributes as written, which count as meta attributes
 * @param meta sets of meta attributes
 * @param parameters sets of parameters for this operation only
 */
public record OperationEntry(Map<String, String> attributes, List<AttributeSet> meta, List<AttributeSet> parameters) {

    public @Nullable String get(String attribute) {
        return attributes.get(attribute);
    }

    public String name() {
        return attributes.getOrDefault("name", "");
    }
}
