/**
 * The native packet form of ring messages. {@link dev.ha4j.totem.wire.TotemCodec} is the only entry; the protocol core
 * does not know it, so that another dialect can stand beside it.
 */
package dev.ha4j.totem.wire;
