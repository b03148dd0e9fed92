/** A node's side of the protocol, without sockets. Open {@link dev.ha4j.qnetd.client.ClientSession} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.qnetd.client;
