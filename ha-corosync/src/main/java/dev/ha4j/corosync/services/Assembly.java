package dev.ha4j.corosync.services;

import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one sender's messages together. Who has not seen the beginning of a message ignores each packet with a part of it, as all do, so
 * that all ignore the same.
 */
final class Assembly {

    /** Longest message, with some room for what surrounds it. */
    static final int MAX_MESSAGE_BYTES = (1 << 20) + (1 << 16);

    private static final int MAX_MESSAGES_PER_PACKET = 32_768;

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int lastFragment;
    private boolean skipping;

    /** Messages that are whole with this packet. */
    List<ByteBuffer> accept(ByteBuffer packet) throws Malformed {
        WireReader in = new WireReader(packet);
        in.skip(4); // version and type, both 0 since ever
        int fragment = in.u8();
        int continuation = in.u8();
        List<byte[]> parts = parts(in);
        if (skipping || continuation != lastFragment) {
            skipping = fragment != 0;
            lastFragment = 0;
            begun.reset();
            return List.of();
        }
        lastFragment = fragment;
        return assemble(parts, fragment != 0, packet);
    }

    private static List<byte[]> parts(WireReader in) throws Malformed {
        int count = in.u16();
        if (count == 0 || count > MAX_MESSAGES_PER_PACKET) {
            throw new Malformed("no messages in a packet");
        }
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = in.u16();
        }
        List<byte[]> parts = new ArrayList<>(count);
        for (int length : lengths) {
            parts.add(in.bytes(length));
        }
        in.end();
        return parts;
    }

    private List<ByteBuffer> assemble(List<byte[]> parts, boolean lastIsBegun, ByteBuffer packet) throws Malformed {
        List<ByteBuffer> whole = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            begun.writeBytes(parts.get(i));
            if (begun.size() > MAX_MESSAGE_BYTES) {
                begun.reset();
                skipping = lastIsBegun;
                lastFragment = 0;
                throw new Malformed("message too long");
            }
            if (i < parts.size() - 1 || !lastIsBegun) {
                whole.add(ByteBuffer.wrap(begun.toByteArray()).order(packet.order()));
                begun.reset();
            }
        }
        return whole;
    }
}
