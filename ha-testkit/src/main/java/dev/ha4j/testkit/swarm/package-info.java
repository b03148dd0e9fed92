/**
 * Seeds: each draws a cluster, a random subset of faults and their strengths, runs it, heals it and judges it. Open
 * {@link dev.ha4j.testkit.swarm.SeedRun} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.swarm;
