package dev.ha4j.corosync.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Input in the byte order of its sender. Trusts nothing: every count is checked against a limit and the bytes that are there. */
public final class WireReader {

    private final ByteBuffer in;

    /** Reads what remains in the buffer, in the buffer's byte order. */
    public WireReader(ByteBuffer in) {
        this.in = in;
    }

    public ByteOrder order() {
        return in.order();
    }

    public int remaining() {
        return in.remaining();
    }

    public int u8() throws Malformed {
        need(1);
        return in.get() & 0xff;
    }

    public int u16() throws Malformed {
        need(2);
        return in.getShort() & 0xffff;
    }

    public int i32() throws Malformed {
        need(4);
        return in.getInt();
    }

    /** A count of at most {@code max}. */
    public int count(int max) throws Malformed {
        int value = i32();
        if (value < 0 || value > max) {
            throw new Malformed("count out of range");
        }
        return value;
    }

    public NodeId node() throws Malformed {
        return optionalNode().orElseThrow(() -> new Malformed("node id 0"));
    }

    public Optional<NodeId> optionalNode() throws Malformed {
        int value = i32();
        if (value < 0 || value > NodeId.MAX_VALUE) {
            throw new Malformed("node id out of range");
        }
        return value == 0 ? Optional.empty() : Optional.of(NodeId.of(value));
    }

    /** A set: its order does not matter, but nobody is in it twice. */
    public SortedSet<NodeId> nodes(int count) throws Malformed {
        need(4L * count);
        SortedSet<NodeId> nodes = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            if (!nodes.add(node())) {
                throw new Malformed("node twice");
            }
        }
        return Collections.unmodifiableSortedSet(nodes);
    }

    public RingId ring() throws Malformed {
        return optionalRing().orElseThrow(() -> new Malformed("node id 0"));
    }

    /** Empty if it was never filled in. */
    public Optional<RingId> optionalRing() throws Malformed {
        Optional<NodeId> representative = optionalNode();
        long sequence = ringSequence();
        return representative.map(node -> new RingId(node, sequence));
    }

    /** A ring's sequence, far enough from the end to be counted on. */
    public long ringSequence() throws Malformed {
        need(8);
        long value = in.getLong();
        if (value < 0 || value > Long.MAX_VALUE / 2) {
            throw new Malformed("sequence out of range");
        }
        return value;
    }

    public void skip(int bytes) throws Malformed {
        need(bytes);
        in.position(in.position() + bytes);
    }

    public byte[] bytes(int count) throws Malformed {
        need(count);
        byte[] content = new byte[count];
        in.get(content);
        return content;
    }

    public void end() throws Malformed {
        if (in.hasRemaining()) {
            throw new Malformed("trailing bytes");
        }
    }

    private void need(long bytes) throws Malformed {
        if (bytes < 0 || in.remaining() < bytes) {
            throw new Malformed("truncated");
        }
    }
}
