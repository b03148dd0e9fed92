/**
 * Authenticated encryption of the ring's packets: what reaches the ring was sent by a live boot of a configured node, once.
 *
 * <p>Open {@link dev.ha4j.totem.security.packet.PacketSecurity} first. It seals and opens packets under session keys (AES-256-GCM,
 * a fresh key for each boot). {@code Handshakes} has the exchange by which a peer proves that its session belongs to a process that
 * lives now. {@code PacketHeader} is what travels in the clear, {@code PeerSessions} is all that is kept about one peer.
 *
 * <p>No sockets, threads or clocks: time is passed in, randomness comes from the constructor, and the caller sends what is
 * handed to it.
 */
@NullMarked
package dev.ha4j.totem.security.packet;

import org.jspecify.annotations.NullMarked;
