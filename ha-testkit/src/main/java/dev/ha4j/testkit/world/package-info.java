/**
 * The simulated world: virtual time, hosts, network, disks, fence devices, and the production nodes that live in it. Open
 * {@link dev.ha4j.testkit.world.World} first. Everything in one world runs on one thread.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.world;
