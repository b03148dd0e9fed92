/**
 * The bytes of IPMI 2.0 over RMCP+, as values: packets, handshake, session protection, requests and responses. No
 * sockets, no clocks, no randomness; every decoder answers {@link java.util.Optional#empty} to bytes that it doesn't
 * accept. Shared by the client and by the simulator, and checked against foreign implementations of both.
 *
 * <p>Start with {@link dev.ha4j.fencing.ipmi.wire.RmcpPacket}, then {@link dev.ha4j.fencing.ipmi.wire.SessionCipher}.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.ipmi.wire;
