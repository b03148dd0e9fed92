/** A replicated map on the ring alone, without the rest of ha4j: open {@link dev.ha4j.examples.map.ReplicatedMap}. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.map;
