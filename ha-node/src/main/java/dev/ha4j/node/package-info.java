/**
 * One node of a cluster, as an application uses it. Open {@link dev.ha4j.node.HaNode} first.
 *
 * <p>{@link dev.ha4j.node.HaNodeBuilder} makes the production world of a node (threads, state directory, sockets) and puts the
 * node together in it.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node;
