/**
 * The policy engine beside {@code crm_simulate}. Open {@link dev.ha4j.benchmarks.scheduler.SchedulerBenchmark} first: it makes clusters of
 * growing sizes and gives each to both.
 */
@NullMarked
package dev.ha4j.benchmarks.scheduler;

import org.jspecify.annotations.NullMarked;
