/**
 * The state that all members of a quorate cluster share, as immutable values. Open {@link dev.ha4j.api.state.ClusterState}
 * first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.api.state;
