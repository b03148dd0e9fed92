/**
 * Rings in network namespaces, with something done to them: {@code DetectionBenchmark} measures how soon a loss is noticed,
 * beside Corosync; {@code FloodLab} pulls networks away under load and judges what was delivered. Both need root.
 */
@NullMarked
package dev.ha4j.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
