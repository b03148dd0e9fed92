package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CpgReason;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.corosync.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** Messages of the CPG service. Group names are bytes; here they are strings of Latin-1, one character for each byte. */
final class CpgCodec {

    static final int SERVICE = 2;

    static final int JOIN = 0;
    static final int LEAVE = 1;
    static final int JOIN_LIST = 2;
    static final int MESSAGE = 3;
    static final int DOWN_LIST = 5;
    static final int PARTIAL_MESSAGE = 6;

    static final int MAX_NAME_BYTES = 128;

    private static final int CHANGE_BYTES = 168;
    private static final int MESSAGE_BYTES = 184;
    private static final int DOWN_LIST_BYTES = 32 + 4 * 384;
    private static final int JOIN_LIST_BYTES = 24;
    private static final int JOIN_LIST_ENTRY_BYTES = 144;

    private CpgCodec() {}

    /** A process joined a group or left it. */
    record Change(String group, int pid, int reason) {}

    /** A message to a group. */
    @SuppressWarnings("ArrayRecordComponent") // handed over without a copy
    record Message(String group, int pid, byte[] payload) {}

    /**
     * A part of a message to a group.
     *
     * @param total bytes of the whole message
     * @param type first, one more, or last
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over without a copy
    record Part(String group, int pid, int total, int type, byte[] payload) {
        static final int FIRST = 1;
        static final int LAST = 3;
    }

    /** A process of the sender that is in a group. */
    record Entry(String group, int pid) {}

    static byte[] change(int function, Change change) {
        WireWriter out = Envelope.write(SERVICE, function, CHANGE_BYTES);
        return name(out, change.group())
                .i32(change.pid())
                .i32(0)
                .i32(change.reason())
                .toByteArray();
    }

    static Change change(WireReader in) throws Malformed {
        String group = name(in);
        int pid = in.i32();
        in.skip(4);
        return new Change(group, pid, in.i32());
    }

    static byte[] message(NodeId self, Message message) {
        int size = MESSAGE_BYTES + message.payload().length;
        WireWriter out = name(Envelope.write(SERVICE, MESSAGE, size), message.group());
        out.i32(message.payload().length).i32(0).i32(message.pid()).i32(0);
        return out.node(self).i32(0).i64(0).bytes(message.payload()).toByteArray();
    }

    static Message message(WireReader in) throws Malformed {
        String group = name(in);
        int length = in.i32();
        in.skip(4);
        int pid = in.i32();
        in.skip(4 + 16); // who sent it, as a pointer of its daemon
        return new Message(group, pid, in.bytes(requireLength(length, in)));
    }

    static Part part(WireReader in) throws Malformed {
        String group = name(in);
        int total = in.i32();
        in.skip(4);
        int length = in.i32();
        in.skip(4);
        int pid = in.i32();
        in.skip(4);
        int type = in.i32();
        in.skip(4 + 16);
        return new Part(group, pid, total, type, in.bytes(requireLength(length, in)));
    }

    private static int requireLength(int length, WireReader in) throws Malformed {
        if (length < 0 || length > in.remaining()) {
            throw new Malformed("truncated");
        }
        return length;
    }

    static byte[] joinList(Collection<Entry> entries) {
        int size = JOIN_LIST_BYTES + JOIN_LIST_ENTRY_BYTES * entries.size();
        WireWriter out = Envelope.write(SERVICE, JOIN_LIST, size).zeros(JOIN_LIST_BYTES - Envelope.BYTES);
        for (Entry entry : entries) {
            name(out.i32(entry.pid()).i32(0), entry.group());
        }
        return out.toByteArray();
    }

    static List<Entry> joinList(WireReader in) throws Malformed {
        in.skip(JOIN_LIST_BYTES - Envelope.BYTES);
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() >= JOIN_LIST_ENTRY_BYTES) {
            int pid = in.i32();
            in.skip(4);
            entries.add(new Entry(name(in), pid));
        }
        return entries;
    }

    /** Receivers look at nothing of it but its size: each finds out for itself who left. */
    static byte[] downList(int oldMembers, SortedSet<NodeId> left) {
        return Envelope.write(SERVICE, DOWN_LIST, DOWN_LIST_BYTES)
                .i32(oldMembers)
                .i32(0)
                .i32(left.size())
                .i32(0)
                .nodes(left)
                .toByteArray();
    }

    private static WireWriter name(WireWriter out, String group) {
        byte[] bytes = group.getBytes(StandardCharsets.ISO_8859_1);
        return out.i32(bytes.length).i32(0).bytes(bytes).zeros(MAX_NAME_BYTES - bytes.length);
    }

    private static String name(WireReader in) throws Malformed {
        int length = in.count(MAX_NAME_BYTES);
        in.skip(4);
        byte[] bytes = in.bytes(MAX_NAME_BYTES);
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    static int number(CpgReason reason) {
        return switch (reason) {
            case JOIN -> 1;
            case LEAVE -> 2;
            case NODE_DOWN -> 3;
            case NODE_UP -> 4;
            case PROCESS_DOWN -> 5;
        };
    }

    static CpgReason leaveReason(int number) {
        return number == number(CpgReason.LEAVE) ? CpgReason.LEAVE : CpgReason.PROCESS_DOWN;
    }
}
