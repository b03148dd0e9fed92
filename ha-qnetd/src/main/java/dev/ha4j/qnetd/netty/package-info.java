/** Sockets and TLS for both sides; the only package here that sees netty. Open {@link dev.ha4j.qnetd.netty.QnetdDevice} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.qnetd.netty;
