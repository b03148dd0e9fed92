/**
 * A failover played in virtual time, in memory and on one thread, by the same code that will do the real one. Open
 * {@link dev.ha4j.node.rehearsal.Rehearsal} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node.rehearsal;
