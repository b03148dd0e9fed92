/** A Corosync node over UDP: sockets, threads, and what an application sees. */
@NullMarked
package dev.ha4j.corosync.node;

import org.jspecify.annotations.NullMarked;
