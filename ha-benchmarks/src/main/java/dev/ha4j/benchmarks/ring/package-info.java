/**
 * The ring beside JGroups and Corosync. Open {@link dev.ha4j.benchmarks.ring.RingBenchmark} first: it starts three processes for each
 * {@code Contender} and gives each workload to one contender after the other, so that they share the machine's good and bad moments.
 */
@NullMarked
package dev.ha4j.benchmarks.ring;

import org.jspecify.annotations.NullMarked;
