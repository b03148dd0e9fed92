package dev.ha4j.totem.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Big-endian input that trusts nothing: every count is checked against a limit and the bytes that are there. */
final class PacketReader {

    private final ByteBuffer in;

    PacketReader(ByteBuffer in) {
        this.in = in;
    }

    int u8() throws Malformed {
        need(1);
        return in.get() & 0xff;
    }

    int u16() throws Malformed {
        need(2);
        return in.getShort() & 0xffff;
    }

    /** A count or index: 32 bits, not negative. */
    int count() throws Malformed {
        need(4);
        int value = in.getInt();
        if (value < 0) {
            throw new Malformed("negative count");
        }
        return value;
    }

    /** A sequence: 64 bits, not negative, far enough from the end to be counted on. */
    long sequence() throws Malformed {
        need(8);
        long value = in.getLong();
        if (value < 0 || value > Long.MAX_VALUE / 2) {
            throw new Malformed("sequence out of range");
        }
        return value;
    }

    boolean flag() throws Malformed {
        int value = u8();
        if (value > 1) {
            throw new Malformed("flag out of range");
        }
        return value == 1;
    }

    NodeId node() throws Malformed {
        return optionalNode().orElseThrow(() -> new Malformed("node id 0"));
    }

    Optional<NodeId> optionalNode() throws Malformed {
        int value = u16();
        return value == 0 ? Optional.empty() : Optional.of(NodeId.of(value));
    }

    SortedSet<NodeId> nodes() throws Malformed {
        int count = listOf(RingConfig.MAX_NODES, 2);
        SortedSet<NodeId> nodes = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            NodeId next = node();
            if (!nodes.isEmpty() && nodes.last().compareTo(next) >= 0) {
                throw new Malformed("nodes out of order");
            }
            nodes.add(next);
        }
        return Collections.unmodifiableSortedSet(nodes);
    }

    RingId ring() throws Malformed {
        NodeId representative = node();
        return new RingId(representative, sequence());
    }

    /** Copied as a range of an array, which the JDK does not fill with zeros first. */
    byte[] block() throws Malformed {
        int length = listOf(RingConfig.MAX_PACKET_BYTES, 1);
        int from = in.arrayOffset() + in.position();
        in.position(in.position() + length);
        return Arrays.copyOfRange(in.array(), from, from + length);
    }

    /** Length of a list of at most {@code max} elements, each of at least {@code minBytes}. */
    int listOf(int max, int minBytes) throws Malformed {
        int count = u16();
        if (count > max) {
            throw new Malformed("list too long");
        }
        need((long) count * minBytes);
        return count;
    }

    void end() throws Malformed {
        if (in.hasRemaining()) {
            throw new Malformed("trailing bytes");
        }
    }

    private void need(long bytes) throws Malformed {
        if (in.remaining() < bytes) {
            throw new Malformed("truncated");
        }
    }
}
