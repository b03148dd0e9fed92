package dev.ha4j.corosync.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Optional;

/** Little-endian output of a length that is known before: Corosync lets each sender choose its byte order. */
public final class WireWriter {

    private final ByteBuffer out;

    public WireWriter(int bytes) {
        out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public WireWriter u8(int value) {
        out.put((byte) value);
        return this;
    }

    public WireWriter u16(int value) {
        out.putShort((short) value);
        return this;
    }

    public WireWriter i32(int value) {
        out.putInt(value);
        return this;
    }

    public WireWriter i64(long value) {
        out.putLong(value);
        return this;
    }

    public WireWriter node(NodeId node) {
        return i32(node.value());
    }

    public WireWriter node(Optional<NodeId> node) {
        return i32(node.map(NodeId::value).orElse(0));
    }

    public WireWriter nodes(Collection<NodeId> nodes) {
        nodes.forEach(this::node);
        return this;
    }

    public WireWriter ring(RingId ring) {
        return node(ring.representative()).i64(ring.sequence());
    }

    public WireWriter bytes(byte[] content) {
        out.put(content);
        return this;
    }

    public WireWriter bytes(byte[] content, int offset, int length) {
        out.put(content, offset, length);
        return this;
    }

    /** Zeros, as the padding between the fields of C structures. */
    public WireWriter zeros(int count) {
        out.position(out.position() + count);
        return this;
    }

    /** All that was written; the rest is zero. */
    public byte[] toByteArray() {
        return out.array();
    }
}
