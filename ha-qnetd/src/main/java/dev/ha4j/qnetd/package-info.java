/**
 * A quorum device over the network, as corosync-qdevice and corosync-qnetd are. {@code wire} has the messages, {@code client}
 * and {@code witness} the two sides as functions of (state, input, now), {@code netty} the sockets. Open {@link
 * dev.ha4j.qnetd.netty.QnetdDevice} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.qnetd;
