/**
 * Totem's single-ring protocol as Corosync speaks it: messages, and a state machine without I/O. Names in code font in the comments
 * are Corosync's.
 */
@NullMarked
package dev.ha4j.corosync.srp;

import org.jspecify.annotations.NullMarked;
