/**
 * What runs in each of a contender's three processes. {@link dev.ha4j.benchmarks.ring.node.BenchmarkNode} joins a {@code Group} and
 * does what the benchmark tells it on standard input: a line of words asks, a line of words answers. The load client for Corosync
 * understands the same lines.
 */
@NullMarked
package dev.ha4j.benchmarks.ring.node;

import org.jspecify.annotations.NullMarked;
