/** Corosync's packets: bytes to values and back. Every decoder is total. */
@NullMarked
package dev.ha4j.corosync.wire;

import org.jspecify.annotations.NullMarked;
