/**
 * Corosync dialect of the ring: with a {@link dev.ha4j.corosync.node.CorosyncNode} a JVM is a full member of a ring of {@code corosync}
 * processes, is counted in their quorum, and exchanges messages with the clients of their closed process groups (CPG).
 */
@NullMarked
package dev.ha4j.corosync;

import org.jspecify.annotations.NullMarked;
