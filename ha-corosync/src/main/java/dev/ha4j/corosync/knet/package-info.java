/**
 * What knet does below the ring: several links to each node, heartbeats on them, frames of 64 KiB in fragments, and their encryption. A
 * pure state machine; open {@link dev.ha4j.corosync.knet.Knet} first.
 */
@NullMarked
package dev.ha4j.corosync.knet;

import org.jspecify.annotations.NullMarked;
