/** A Corosync node over UDP unicast: sockets, threads, and what an application sees. */
@NullMarked
package dev.ha4j.corosync.udpu;

import org.jspecify.annotations.NullMarked;
