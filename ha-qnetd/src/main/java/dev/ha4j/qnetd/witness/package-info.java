/** The arbiter's side of the protocol, without sockets. Open {@link dev.ha4j.qnetd.witness.Arbiter} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.qnetd.witness;
