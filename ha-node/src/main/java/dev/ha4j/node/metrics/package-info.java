/** Numbers of a node for Micrometer, which has to be on the path for this package alone. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node.metrics;
