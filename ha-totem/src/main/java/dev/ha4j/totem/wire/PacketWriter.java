package dev.ha4j.totem.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Big-endian output that grows. */
final class PacketWriter {

    private byte[] bytes;
    private int size;

    /** @param expectedBytes what it begins with */
    PacketWriter(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    PacketWriter u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    PacketWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    PacketWriter i32(int value) {
        return u16(value >>> 16).u16(value);
    }

    PacketWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    PacketWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    PacketWriter node(NodeId node) {
        return u16(node.value());
    }

    PacketWriter optionalNode(Optional<NodeId> node) {
        return u16(node.map(NodeId::value).orElse(0));
    }

    PacketWriter nodes(Collection<NodeId> nodes) {
        u16(nodes.size());
        nodes.forEach(this::node);
        return this;
    }

    PacketWriter ring(RingId ring) {
        return node(ring.representative()).i64(ring.sequence());
    }

    PacketWriter block(byte[] content) {
        u16(content.length);
        reserve(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
