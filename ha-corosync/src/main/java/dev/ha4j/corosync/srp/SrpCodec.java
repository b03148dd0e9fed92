package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.corosync.wire.WireWriter;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Packets of Corosync 3 to messages and back. Stateless, for any thread. Decoding is total: it ends in a message that the protocol may
 * trust to be well-formed, or in {@link Malformed}.
 */
public final class SrpCodec {

    /** Most nodes in a ring ({@code PROCESSOR_COUNT_MAX}). */
    public static final int MAX_NODES = 384;

    /** Most requests on a token ({@code RETRANSMIT_ENTRIES_MAX}). */
    public static final int MAX_REQUESTS = 30;

    private static final int MAGIC = 0xc070;
    private static final int SWAPPED_MAGIC = 0x70c0;
    private static final int VERSION = 3;

    private static final int TOKEN = 0;
    private static final int ORDERED = 1;
    private static final int MERGE_DETECT = 2;
    private static final int JOIN = 3;
    private static final int COMMIT_TOKEN = 4;
    private static final int HOLD_CANCEL = 5;

    private static final int ENCAPSULATED = 1;
    private static final int NOT_ENCAPSULATED = 2;

    private static final int TARGET_OFFSET = 9;
    private static final int HEADER_BYTES = 13;
    private static final int TOKEN_BYTES = 57;
    private static final int REQUEST_BYTES = 16;
    private static final int JOIN_BYTES = 33;
    private static final int COMMIT_TOKEN_BYTES = 41;
    private static final int COMMIT_ENTRY_BYTES = 28;
    private static final int HISTORY_BYTES = 24;
    private static final int NODE_BYTES = 4;

    private SrpCodec() {}

    public static byte[] encode(SrpMessage message) {
        if (message instanceof OrderedMessage m) {
            return m.packet();
        } else if (message instanceof Token m) {
            return token(m);
        } else if (message instanceof JoinMessage m) {
            return join(m);
        } else if (message instanceof CommitToken m) {
            return commitToken(m);
        } else if (message instanceof MergeDetect m) {
            return header(MERGE_DETECT, HEADER_BYTES + NODE_BYTES + 12, Optional.of(m.sender()))
                    .node(m.sender())
                    .ring(m.ring())
                    .toByteArray();
        } else if (message instanceof HoldCancel m) {
            return header(HOLD_CANCEL, HEADER_BYTES + 12, Optional.of(m.sender()))
                    .ring(m.ring())
                    .toByteArray();
        }
        throw new AssertionError(message);
    }

    /** The same with its target in the header, which knet asks for. */
    public static byte[] encode(SrpMessage message, NodeId target) {
        byte[] packet = encode(message).clone();
        ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(TARGET_OFFSET, target.value());
        return packet;
    }

    /**
     * A message of this node.
     *
     * @param number how many it has sent before, on any ring
     */
    public static OrderedMessage ordered(
            NodeId sender, RingId ring, int sequence, int number, boolean encapsulated, byte[] payload) {
        WireWriter out = new WireWriter(OrderedMessage.HEADER_BYTES + payload.length);
        out.u16(MAGIC).u8(VERSION).u8(ORDERED).u8(encapsulated ? ENCAPSULATED : NOT_ENCAPSULATED);
        out.node(sender).i32(0).node(sender).i32(sequence).i32(number).ring(ring);
        out.i32(0).i32(0).bytes(payload);
        return new OrderedMessage(sender, ring, sequence, encapsulated, out.toByteArray(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads all that remains in the packet. */
    public static SrpMessage decode(ByteBuffer packet) throws Malformed {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return decode(bytes);
    }

    /**
     * Reads a packet.
     *
     * @param packet kept by an {@link OrderedMessage}, so not to be changed
     */
    public static SrpMessage decode(byte[] packet) throws Malformed {
        WireReader in = reader(packet);
        if (in.u8() != VERSION) {
            throw new Malformed("unknown version");
        }
        int type = in.u8();
        int encapsulated = in.u8();
        Optional<NodeId> sender = in.optionalNode();
        in.skip(NODE_BYTES); // target, which whoever sent it has looked at
        if (type != JOIN && sender.isEmpty()) {
            throw new Malformed("node id 0");
        }
        SrpMessage message = switch (type) {
            case TOKEN -> token(in, sender.orElseThrow());
            case ORDERED -> ordered(in, sender.orElseThrow(), encapsulated, packet);
            case MERGE_DETECT -> mergeDetect(in, sender.orElseThrow());
            case JOIN -> join(in, sender);
            case COMMIT_TOKEN -> commitToken(in, sender.orElseThrow());
            case HOLD_CANCEL -> new HoldCancel(sender.orElseThrow(), in.ring());
            default -> throw new Malformed("unknown type");
        };
        in.end();
        return message;
    }

    private static WireReader reader(byte[] packet) throws Malformed {
        ByteBuffer buffer = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        WireReader in = new WireReader(buffer);
        int magic = in.u16();
        if (magic == SWAPPED_MAGIC) {
            buffer.order(ByteOrder.BIG_ENDIAN);
        } else if (magic != MAGIC) {
            throw new Malformed("no magic");
        }
        return in;
    }

    private static WireWriter header(int type, int bytes, Optional<NodeId> sender) {
        return new WireWriter(bytes)
                .u16(MAGIC)
                .u8(VERSION)
                .u8(type)
                .u8(0)
                .node(sender)
                .i32(0);
    }

    private static OrderedMessage ordered(WireReader in, NodeId sender, int encapsulated, byte[] packet)
            throws Malformed {
        if (encapsulated != ENCAPSULATED && encapsulated != NOT_ENCAPSULATED) {
            throw new Malformed("unknown encapsulation");
        }
        requireSame(sender, in.node());
        int sequence = in.i32();
        in.skip(4); // the sender's own count
        RingId ring = in.ring();
        in.skip(8); // a node id that nobody sets, and a guarantee that nobody keeps
        in.skip(in.remaining());
        return new OrderedMessage(sender, ring, sequence, encapsulated == ENCAPSULATED, packet, in.order());
    }

    private static MergeDetect mergeDetect(WireReader in, NodeId sender) throws Malformed {
        requireSame(sender, in.node());
        return new MergeDetect(sender, in.ring());
    }

    private static void requireSame(NodeId sender, NodeId from) throws Malformed {
        if (!sender.equals(from)) {
            throw new Malformed("two senders");
        }
    }

    private static byte[] token(Token m) {
        int bytes = TOKEN_BYTES + REQUEST_BYTES * m.requests().size();
        WireWriter out = header(TOKEN, bytes, Optional.of(m.sender()));
        out.i32(m.sequence()).i32(m.hop()).i32(m.receivedUpTo()).node(m.loweredBy());
        out.ring(m.ring()).i32(m.backlog()).i32(m.sentInRotation()).i32(m.recovering() ? 1 : 0);
        out.i32(m.requests().size());
        m.requests().forEach(request -> out.ring(request.ring()).i32(request.sequence()));
        return out.toByteArray();
    }

    private static Token token(WireReader in, NodeId sender) throws Malformed {
        int sequence = in.i32();
        int hop = in.i32();
        int receivedUpTo = in.i32();
        Optional<NodeId> loweredBy = in.optionalNode();
        RingId ring = in.ring();
        int backlog = in.i32();
        int sentInRotation = in.i32();
        boolean recovering = in.i32() != 0;
        int count = in.count(MAX_REQUESTS);
        List<Token.Request> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(new Token.Request(in.ring(), in.i32()));
        }
        return new Token(
                sender, sequence, hop, receivedUpTo, loweredBy, ring, backlog, sentInRotation, recovering, requests);
    }

    private static byte[] join(JoinMessage m) {
        SortedSet<NodeId> failed = new TreeSet<>(m.failed());
        int bytes = JOIN_BYTES + NODE_BYTES * (m.processes().size() + failed.size());
        Optional<NodeId> sender = m.leaving() ? Optional.empty() : Optional.of(m.sender());
        WireWriter out = header(JOIN, bytes, sender).node(m.sender());
        out.i32(m.processes().size()).i32(failed.size()).i64(m.ringSequence());
        out.nodes(m.processes());
        if (m.leaving() && failed.remove(m.sender())) { // receivers take the last one for the one that leaves
            return out.nodes(failed).node(m.sender()).toByteArray();
        }
        return out.nodes(failed).toByteArray();
    }

    private static JoinMessage join(WireReader in, Optional<NodeId> headerSender) throws Malformed {
        NodeId sender = in.node();
        if (headerSender.isPresent()) {
            requireSame(headerSender.get(), sender);
        }
        int processes = in.count(MAX_NODES);
        int failed = in.count(MAX_NODES);
        long ringSequence = in.ringSequence();
        return new JoinMessage(sender, in.nodes(processes), in.nodes(failed), ringSequence, headerSender.isEmpty());
    }

    private static byte[] commitToken(CommitToken m) {
        int bytes = COMMIT_TOKEN_BYTES + COMMIT_ENTRY_BYTES * m.entries().size();
        WireWriter out = header(COMMIT_TOKEN, bytes, Optional.of(m.sender()));
        out.i32(m.hop()).ring(m.ring()).i32(0).i32(m.filled()).i32(m.entries().size());
        m.entries().forEach(entry -> out.node(entry.member()));
        m.entries().forEach(entry -> history(out, entry.history()));
        return out.toByteArray();
    }

    private static void history(WireWriter out, Optional<CommitToken.History> history) {
        if (history.isEmpty()) {
            out.zeros(HISTORY_BYTES);
            return;
        }
        CommitToken.History h = history.get();
        out.ring(h.oldRing()).i32(h.receivedUpTo()).i32(h.highDelivered()).i32(h.complete() ? 1 : 0);
    }

    private static CommitToken commitToken(WireReader in, NodeId sender) throws Malformed {
        int hop = in.i32();
        RingId ring = in.ring();
        in.skip(4); // a flag that nobody sets
        int filled = in.count(MAX_NODES);
        int count = in.count(MAX_NODES);
        List<NodeId> members = members(in, count);
        if (filled > count || members.isEmpty() || !members.get(0).equals(ring.representative())) {
            throw new Malformed("not the members of the ring");
        }
        List<CommitToken.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(entry(in, members.get(i), i < filled));
        }
        return new CommitToken(sender, ring, hop, filled, entries);
    }

    private static List<NodeId> members(WireReader in, int count) throws Malformed {
        List<NodeId> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            NodeId next = in.node();
            if (i > 0 && members.get(i - 1).compareTo(next) >= 0) {
                throw new Malformed("members out of order");
            }
            members.add(next);
        }
        return members;
    }

    private static CommitToken.Entry entry(WireReader in, NodeId member, boolean filled) throws Malformed {
        Optional<RingId> oldRing = in.optionalRing();
        int receivedUpTo = in.i32();
        int highDelivered = in.i32();
        boolean complete = in.i32() != 0;
        if (!filled) {
            return new CommitToken.Entry(member, Optional.empty());
        }
        RingId ring = oldRing.orElseThrow(() -> new Malformed("history missing"));
        return new CommitToken.Entry(
                member, Optional.of(new CommitToken.History(ring, receivedUpTo, highDelivered, complete)));
    }
}
