/**
 * A replicated map on the ring alone, without the rest of ha4j: open {@link dev.ha4j.examples.map.ReplicatedMap}, then
 * {@code Replica}; {@code bin/map} runs it.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.map;
