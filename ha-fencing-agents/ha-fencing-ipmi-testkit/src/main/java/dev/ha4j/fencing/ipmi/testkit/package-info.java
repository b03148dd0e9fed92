/**
 * A BMC without a machine: {@link dev.ha4j.fencing.ipmi.testkit.BmcSimulator} speaks IPMI 2.0 over UDP well enough for
 * ipmitool and for our own client, switches whatever a {@link dev.ha4j.fencing.ipmi.testkit.ChassisControl} switches, and
 * misbehaves on demand ({@link dev.ha4j.fencing.ipmi.testkit.BmcFaults}).
 *
 * <p>The main path: the simulator's one thread hands each datagram to {@code BmcProtocol}, which keeps the sessions and asks
 * {@code BmcCommands} for the answers. Open {@link dev.ha4j.fencing.ipmi.testkit.BmcSimulator} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.ipmi.testkit;
