/** Messages of the qnetd protocol and their bytes. Decoding is total: a message or a rejection. Open {@link dev.ha4j.qnetd.wire.QnetdCodec} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.qnetd.wire;
