/**
 * Deterministic simulation of whole clusters in virtual time. {@code world} holds production nodes on simulated disks, clocks
 * and networks, {@code swarm} draws scenarios from a seed and injects their faults, {@code trace} records what happened, and
 * {@code check} judges it against the truth that only the simulator knows. {@code replay} writes runs
 * down and shrinks them. {@code scenario} and {@code junit} are for tests of users.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit;
