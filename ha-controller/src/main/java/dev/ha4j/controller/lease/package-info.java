/** Leases: how long a node may act on its terms without hearing from the others. Open {@link dev.ha4j.controller.lease.NodeLease} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.lease;
