/**
 * What the benchmarks of the ring run on: processes that take and answer lines, network namespaces, and Corosync in them. Open
 * {@link dev.ha4j.benchmarks.cluster.NodeProcess} and {@link dev.ha4j.benchmarks.cluster.Network}.
 */
@NullMarked
package dev.ha4j.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
