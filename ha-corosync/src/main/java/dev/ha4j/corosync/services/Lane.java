package dev.ha4j.corosync.services;

import dev.ha4j.corosync.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of one kind that wait for the token. Packs small ones into one packet, and splits what does not fit ({@code totempg}).
 * Bounded by whoever fills it.
 */
final class Lane {

    private static final int HEADER_BYTES = 8;
    private static final int LENGTH_BYTES = 2;

    /** A part that is shorter is not worth splitting a message for. */
    private static final int SHORTEST_PART_BYTES = 64;

    private static final int LAST_FRAGMENT_NUMBER = 255;

    private final int packetBytes;
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();

    /** How much of the first message has been sent already. */
    private int offset;

    private int fragment;
    private long bytes;
    private boolean restOnItsOwn;

    Lane(int packetBytes) {
        this.packetBytes = packetBytes;
    }

    void add(byte[] message) {
        messages.add(message);
        bytes += message.length;
    }

    int messages() {
        return messages.size();
    }

    /** Of messages that have not been sent to their end. */
    long bytes() {
        return bytes;
    }

    int packets() {
        int room = packetBytes - HEADER_BYTES;
        long all = bytes - offset + (long) LENGTH_BYTES * messages.size();
        return (int) Math.min(Integer.MAX_VALUE, (all + room - 1) / room);
    }

    /**
     * There are new members, who have not seen the beginning of a message that is under way, and will ignore each packet with a part of
     * it: nothing else may be in there.
     */
    void sendRestOnItsOwn() {
        restOnItsOwn = offset > 0;
    }

    byte[] next() {
        int continuation = offset > 0 ? fragment : 0;
        boolean alone = restOnItsOwn;
        List<Part> parts = new ArrayList<>();
        int used = HEADER_BYTES;
        fragment = 0;
        while (!messages.isEmpty() && fragment == 0 && !(alone && !parts.isEmpty())) {
            int room = packetBytes - used - LENGTH_BYTES;
            int rest = messages.element().length - offset;
            if (rest > room && room < SHORTEST_PART_BYTES) {
                break;
            }
            Part part = take(Math.min(rest, room));
            parts.add(part);
            used += LENGTH_BYTES + part.length;
            fragment = part.length < rest ? continuation % LAST_FRAGMENT_NUMBER + 1 : 0;
        }
        restOnItsOwn &= fragment != 0;
        return packet(parts, used, continuation);
    }

    private Part take(int length) {
        byte[] message = messages.element();
        Part part = new Part(message, offset, length);
        offset += length;
        if (offset == message.length) {
            messages.remove();
            bytes -= message.length;
            offset = 0;
        }
        return part;
    }

    private byte[] packet(List<Part> parts, int length, int continuation) {
        WireWriter out = new WireWriter(length);
        out.i32(0).u8(fragment).u8(continuation).u16(parts.size());
        parts.forEach(part -> out.u16(part.length));
        parts.forEach(part -> out.bytes(part.message, part.offset, part.length));
        return out.toByteArray();
    }

    @SuppressWarnings("ArrayRecordComponent") // a view
    private record Part(byte[] message, int offset, int length) {}
}
