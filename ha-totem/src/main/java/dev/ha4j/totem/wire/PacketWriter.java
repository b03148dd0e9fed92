package dev.ha4j.totem.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Big-endian output that grows, and can be used again for the next packet. One thread. */
public final class PacketWriter {

    private static final int PACKET_BYTES = 1_536;
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    /** Begins with the bytes of a common packet. */
    public PacketWriter() {
        this(PACKET_BYTES);
    }

    /** @param expectedBytes what it begins with */
    PacketWriter(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    /** Forgets what was written, and begins with a byte that says what follows. */
    public PacketWriter begin(byte kind) {
        size = 0;
        return u8(kind);
    }

    /** What was written, in the first {@link #size} bytes of an array that the next packet will overwrite. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** Which part of a message that is cut this is. */
    public PacketWriter part(int message, int index, int count) {
        return i32(message).u8(index).u8(count);
    }

    /** Bytes without their length. */
    public PacketWriter raw(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        return this;
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
        reserve(Short.BYTES);
        SHORTS.set(bytes, size, (short) value);
        size += Short.BYTES;
        return this;
    }

    PacketWriter i32(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    PacketWriter i64(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
        return this;
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

    PacketWriter block(byte[] source, int from, int length) {
        return u16(length).raw(source, from, length);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
