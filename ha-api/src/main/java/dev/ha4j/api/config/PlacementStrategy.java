package dev.ha4j.api.config;

/**
 * What decides where a resource goes besides scores ({@code placement-strategy}). What nodes can carry is said by {@link
 * NodeSpec#capacity}, what resources need by {@link Primitive#uses}.
 */
public enum PlacementStrategy {
    /** Scores, and then how many resources a node has; capacities count for nothing. */
    DEFAULT,
    /** As {@link #DEFAULT}, on nodes that have room for what the resource needs. */
    UTILIZATION,
    /** On nodes that have room, and on as few of them as will do. */
    MINIMAL,
    /** On nodes that have room; of these, where most is left. */
    BALANCED
}
