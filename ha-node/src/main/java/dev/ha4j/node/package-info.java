/** The assembly that users depend on: one node of a cluster. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node;
