package dev.ha4j.resources.config;

import java.util.List;

/**
 * A configured node.
 *
 * @param id its id, often a number
 * @param name its name
 * @param score what every resource gets there
 * @param remote whether it takes part through a connection only
 * @param attributes permanent node attributes
 * @param utilization its capacity
 */
public record NodeEntry(
        String id,
        String name,
        int score,
        boolean remote,
        List<AttributeSet> attributes,
        List<AttributeSet> utilization) {
    public NodeEntry {
        attributes = List.copyOf(attributes);
        utilization = List.copyOf(utilization);
    }
}
