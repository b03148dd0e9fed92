/**
 * What Corosync's services say over the ring: packing, the synchronisation after each new ring, votequorum and closed process groups.
 * No I/O; one thread.
 */
@NullMarked
package dev.ha4j.corosync.services;

import org.jspecify.annotations.NullMarked;
