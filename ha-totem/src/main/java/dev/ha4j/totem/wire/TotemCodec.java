package dev.ha4j.totem.wire;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Ring messages to bytes and back. Stateless, for any thread. Every packet starts with the format version and the type.
 * Decoding is total: it ends in a message that the core may trust to be well-formed, or in a rejection.
 */
public final class TotemCodec {

    /** Version of the packet form. */
    public static final int FORMAT_VERSION = 3;

    /** Most parts in one ordered message. */
    public static final int MAX_FRAGMENTS = 4_096;

    /** Bytes that a {@link RegularMessage} has before its first part, version and type included. */
    public static final int REGULAR_HEADER_BYTES = 25;

    /** Bytes that each {@link Fragment} adds to its payload. */
    public static final int FRAGMENT_HEADER_BYTES = 15;

    private static final int SMALL_BYTES = 128;
    private static final int RECOVERY_HEADER_BYTES = 22;
    private static final int MIN_ENTRY_BYTES = 3;
    private static final int REQUEST_BYTES = 8;

    private static final int TOKEN = 0;
    private static final int REGULAR = 1;
    private static final int MERGE_DETECT = 2;
    private static final int JOIN = 3;
    private static final int COMMIT_TOKEN = 4;
    private static final int HOLD_CANCEL = 5;
    private static final int RECOVERY = 6;
    private static final int TOKEN_LOAN = 7;

    private TotemCodec() {}

    public static byte[] encode(TotemMessage message) {
        PacketWriter out = new PacketWriter(expectedBytes(message));
        encode(message, out);
        return out.toByteArray();
    }

    /** Adds the message to what was written. */
    public static void encode(TotemMessage message, PacketWriter out) {
        out.u8(FORMAT_VERSION);
        if (message instanceof RegularMessage m) {
            regular(out.u8(REGULAR), m);
        } else if (message instanceof Token m) {
            token(out.u8(TOKEN), m);
        } else if (message instanceof TokenLoan m) {
            token(out.u8(TOKEN_LOAN).node(m.lender()), m.token());
        } else if (message instanceof JoinMessage m) {
            join(out.u8(JOIN), m);
        } else if (message instanceof CommitToken m) {
            commitToken(out.u8(COMMIT_TOKEN), m);
        } else if (message instanceof MergeDetect m) {
            out.u8(MERGE_DETECT).ring(m.ring()).node(m.sender());
        } else if (message instanceof HoldCancel m) {
            out.u8(HOLD_CANCEL).ring(m.ring()).node(m.sender());
        } else if (message instanceof RecoveryMessage m) {
            regular(out.u8(RECOVERY).ring(m.ring()).i64(m.sequence()).node(m.sender()), m.original());
        } else {
            throw new AssertionError(message);
        }
    }

    /** Enough for most messages; a guess that is too low costs a copy. */
    private static int expectedBytes(TotemMessage message) {
        if (message instanceof RegularMessage m) {
            return regularBytes(m);
        }
        return message instanceof RecoveryMessage m ? RECOVERY_HEADER_BYTES + regularBytes(m.original()) : SMALL_BYTES;
    }

    private static int regularBytes(RegularMessage m) {
        int bytes = REGULAR_HEADER_BYTES;
        for (Fragment fragment : m.fragments()) {
            bytes += FRAGMENT_HEADER_BYTES + fragment.length();
        }
        return bytes;
    }

    public static DecodeResult decode(byte[] packet) {
        return decode(ByteBuffer.wrap(packet));
    }

    /** Reads all that remains in the buffer, which must have an array. */
    public static DecodeResult decode(ByteBuffer packet) {
        try {
            PacketReader in = new PacketReader(packet);
            if (in.u8() != FORMAT_VERSION) {
                return new DecodeResult.Rejected("unknown version");
            }
            TotemMessage message = body(in);
            in.end();
            return new DecodeResult.Decoded(message);
        } catch (Malformed malformed) {
            return new DecodeResult.Rejected(malformed.reason());
        }
    }

    private static TotemMessage body(PacketReader in) throws Malformed {
        return switch (in.u8()) {
            case TOKEN -> token(in);
            case TOKEN_LOAN -> loan(in);
            case REGULAR -> regular(in);
            case MERGE_DETECT -> new MergeDetect(in.ring(), in.node());
            case JOIN -> join(in);
            case COMMIT_TOKEN -> commitToken(in);
            case HOLD_CANCEL -> new HoldCancel(in.ring(), in.node());
            case RECOVERY -> new RecoveryMessage(in.ring(), in.sequence(), in.node(), regular(in));
            default -> throw new Malformed("unknown type");
        };
    }

    private static void regular(PacketWriter out, RegularMessage m) {
        out.ring(m.ring()).i64(m.sequence()).node(m.sender());
        out.flag(m.guarantee() == DeliveryGuarantee.SAFE).u16(m.fragments().size());
        for (Fragment fragment : m.fragments()) {
            out.i64(fragment.submissionId()).i32(fragment.index()).flag(fragment.last());
            out.block(fragment.array(), fragment.from(), fragment.length());
        }
    }

    private static RegularMessage regular(PacketReader in) throws Malformed {
        RingId ring = in.ring();
        long sequence = in.sequence();
        NodeId sender = in.node();
        DeliveryGuarantee guarantee = in.flag() ? DeliveryGuarantee.SAFE : DeliveryGuarantee.AGREED;
        int count = in.listOf(MAX_FRAGMENTS, FRAGMENT_HEADER_BYTES);
        List<Fragment> fragments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fragments.add(new Fragment(in.sequence(), in.count(), in.flag(), in.block()));
        }
        return new RegularMessage(ring, sequence, sender, guarantee, fragments);
    }

    private static void token(PacketWriter out, Token m) {
        out.ring(m.ring()).i64(m.hop()).i64(m.sequence()).i64(m.allReceivedUpTo());
        out.optionalNode(m.loweredBy()).i32(m.sentInRotation()).i32(m.backlog());
        out.i32(m.window()).optionalNode(m.narrowedBy()).i32(m.lingeredMicros()).flag(m.recovering());
        out.u16(m.retransmitRequests().size());
        m.retransmitRequests().forEach(out::i64);
    }

    private static Token token(PacketReader in) throws Malformed {
        RingId ring = in.ring();
        long hop = in.sequence();
        long sequence = in.sequence();
        long allReceivedUpTo = in.sequence();
        Optional<NodeId> loweredBy = in.optionalNode();
        int sentInRotation = in.count();
        int backlog = in.count();
        int window = in.count();
        Optional<NodeId> narrowedBy = in.optionalNode();
        int lingeredMicros = in.count();
        boolean recovering = in.flag();
        int count = in.listOf(RingConfig.MAX_RETRANSMIT_REQUESTS, REQUEST_BYTES);
        List<Long> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(in.sequence());
        }
        if (allReceivedUpTo > sequence) {
            throw new Malformed("received more than sent");
        }
        return new Token(
                ring,
                hop,
                sequence,
                allReceivedUpTo,
                loweredBy,
                sentInRotation,
                backlog,
                window,
                narrowedBy,
                lingeredMicros,
                recovering,
                requests);
    }

    private static TokenLoan loan(PacketReader in) throws Malformed {
        NodeId lender = in.node();
        return new TokenLoan(token(in), lender);
    }

    private static void join(PacketWriter out, JoinMessage m) {
        out.node(m.sender()).nodes(m.processes()).nodes(m.failed()).nodes(m.suspects());
        out.nodes(m.leftCleanly()).nodes(m.unknown()).i64(m.ringSequence()).flag(m.leaving());
    }

    private static JoinMessage join(PacketReader in) throws Malformed {
        return new JoinMessage(
                in.node(), in.nodes(), in.nodes(), in.nodes(), in.nodes(), in.nodes(), in.sequence(), in.flag());
    }

    private static void commitToken(PacketWriter out, CommitToken m) {
        out.ring(m.ring()).i64(m.hop()).u16(m.entries().size());
        SharedNodes obligations = new SharedNodes();
        for (CommitToken.Entry entry : m.entries()) {
            out.node(entry.member()).flag(entry.history().isPresent());
            entry.history().ifPresent(history -> history(out, history, obligations));
        }
        out.nodes(m.leftCleanly());
    }

    private static void history(PacketWriter out, CommitToken.History history, SharedNodes obligations) {
        out.ring(history.oldRing()).i64(history.allReceivedUpTo()).i64(history.highDelivered());
        obligations.write(history.obligations(), out.flag(history.received()));
    }

    private static CommitToken commitToken(PacketReader in) throws Malformed {
        RingId ring = in.ring();
        long hop = in.sequence();
        int count = in.listOf(RingConfig.MAX_NODES, MIN_ENTRY_BYTES);
        List<CommitToken.Entry> entries = new ArrayList<>(count);
        SharedNodes obligations = new SharedNodes();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in, obligations));
        }
        requireRing(ring, entries);
        SortedSet<NodeId> leftCleanly = in.nodes();
        return new CommitToken(ring, hop, entries, leftCleanly);
    }

    private static CommitToken.Entry entry(PacketReader in, SharedNodes obligations) throws Malformed {
        NodeId member = in.node();
        if (!in.flag()) {
            return new CommitToken.Entry(member, Optional.empty());
        }
        return new CommitToken.Entry(
                member,
                Optional.of(new CommitToken.History(
                        in.ring(), in.sequence(), in.sequence(), in.flag(), obligations.read(in))));
    }

    private static void requireRing(RingId ring, List<CommitToken.Entry> entries) throws Malformed {
        for (int i = 0; i < entries.size(); i++) {
            NodeId expectedBelow =
                    i == 0 ? ring.representative() : entries.get(i - 1).member();
            int order = expectedBelow.compareTo(entries.get(i).member());
            if (i == 0 ? order != 0 : order >= 0) {
                throw new Malformed("members out of order");
            }
        }
        if (entries.isEmpty()) {
            throw new Malformed("no members");
        }
    }
}
