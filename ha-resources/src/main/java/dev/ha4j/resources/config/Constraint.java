package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configured constraint. Attributes are as written; what they mean is decided when they are unpacked. */
public sealed interface Constraint {

    String id();

    Map<String, String> attributes();

    List<ResourceSet> sets();

    default @Nullable String get(String attribute) {
        return attributes().get(attribute);
    }

    /** Where a resource may run. */
    record Location(
            String id,
            Map<String, String> attributes,
            @Nullable Rule rule,
            List<ResourceSet> sets) implements Constraint {}

    /** With what a resource runs. */
    record Colocation(String id, Map<String, String> attributes, List<ResourceSet> sets) implements Constraint {}

    /** After what an action is done. */
    record Order(String id, Map<String, String> attributes, List<ResourceSet> sets) implements Constraint {}

    /** On which ticket a resource depends. */
    record Ticket(String id, Map<String, String> attributes, List<ResourceSet> sets) implements Constraint {}

    /** Resources named together in a constraint. */
    record ResourceSet(String id, Map<String, String> attributes, List<String> references) {
        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }
    }
}
