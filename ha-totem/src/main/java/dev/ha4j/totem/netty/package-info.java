/**
 * The ring on real sockets: one thread; for each link one bound UDP socket to receive, and one connected
 * UDP socket per peer to send.
 *
 * <p>Open {@link dev.ha4j.totem.netty.UdpRing} first; it is what other threads see. {@code RingDriver} is the loop's side:
 * it drives {@link dev.ha4j.totem.TotemRing}, and arms the one timer. {@code Submissions} brings the ring what threads send.
 * {@code Incoming} takes each datagram through {@code PacketSecurity} and the codec,
 * {@code RoutedTransport} and {@code Transmitter} take messages out, {@code PeerRoute} chooses among the links to one peer,
 * {@code LinkMonitor} finds out how they are. No other package sees netty.
 */
@NullMarked
package dev.ha4j.totem.netty;

import org.jspecify.annotations.NullMarked;
