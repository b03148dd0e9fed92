package dev.ha4j.totem.netty;

import io.netty.buffer.ByteBuf;

/**
 * Datagrams one behind the other.
 *
 * @param bytes all of them
 * @param datagramBytes size of each but the last, which may be shorter
 */
record Batch(ByteBuf bytes, int datagramBytes) {

    static Batch of(ByteBuf datagram) {
        return new Batch(datagram, datagram.readableBytes());
    }

    int count() {
        return (bytes.readableBytes() + datagramBytes - 1) / datagramBytes;
    }

    /** The caller has to release it. */
    ByteBuf datagram(int number) {
        int from = number * datagramBytes;
        return bytes.retainedSlice(bytes.readerIndex() + from, Math.min(datagramBytes, bytes.readableBytes() - from));
    }

    /** The same bytes, for somebody else to release. */
    Batch retained() {
        return new Batch(bytes.retainedDuplicate(), datagramBytes);
    }

    void release() {
        bytes.release();
    }
}
