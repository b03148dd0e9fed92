/**
 * A node of the demo's cluster, and at the same time an example of a whole application: {@link dev.ha4j.examples.demo.node.NodeMain}
 * joins, stands for a leadership, and acts while it leads.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.demo.node;
