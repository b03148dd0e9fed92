package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import dev.ha4j.corosync.knet.KnetPacket.Ping;
import dev.ha4j.corosync.knet.KnetPacket.Pong;
import dev.ha4j.corosync.knet.KnetPacket.SizeProbe;
import dev.ha4j.corosync.knet.KnetPacket.SizeReply;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import java.nio.ByteBuffer;

/** Packets of knet to values and back, in clear. Stateless and total. Big-endian, but for what senders keep to themselves. */
public final class KnetCodec {

    /** Bytes before the content of a fragment. */
    public static final int FRAGMENT_HEADER_BYTES = 14;

    private static final int VERSION = 1;
    private static final int DATA = 0;
    private static final int PING = 0x81;
    private static final int PONG = 0x82;
    private static final int SIZE_PROBE = 0x83;
    private static final int SIZE_REPLY = 0x84;

    private static final int PING_BYTES = 26;
    private static final int PING_REST_BYTES = 19;
    private static final int SIZE_BYTES = 9;
    private static final int UNUSED_BYTES = 2;

    private KnetCodec() {}

    public static byte[] encode(KnetPacket packet) {
        if (packet instanceof Fragment p) {
            return fragment(p);
        } else if (packet instanceof Ping p) {
            return ping(PING, p);
        } else if (packet instanceof Pong p) {
            return ping(PONG, new Ping(p.source(), p.link(), p.stampHigh(), p.stampLow(), p.sequence(), p.periodic()));
        } else if (packet instanceof SizeProbe p) {
            return size(SIZE_PROBE, p.source(), p.link(), p.size());
        } else if (packet instanceof SizeReply p) {
            return size(SIZE_REPLY, p.source(), p.link(), p.size());
        }
        throw new AssertionError(packet);
    }

    private static ByteBuffer header(int type, NodeId source, int bytes) {
        return ByteBuffer.allocate(bytes)
                .put((byte) VERSION)
                .put((byte) type)
                .putShort((short) source.value())
                .putShort((short) 0);
    }

    private static byte[] fragment(Fragment p) {
        return header(DATA, p.source(), FRAGMENT_HEADER_BYTES + p.content().length)
                .putShort((short) p.sequence())
                .putShort((short) 0)
                .put((byte) (p.multicast() ? 1 : 0))
                .put((byte) p.count())
                .put((byte) p.number())
                .put((byte) 0)
                .put(p.content())
                .array();
    }

    private static byte[] ping(int type, Ping p) {
        return header(type, p.source(), PING_BYTES)
                .put((byte) p.link())
                .putLong(p.stampHigh())
                .putLong(p.stampLow())
                .putShort((short) p.sequence())
                .put((byte) (p.periodic() ? 1 : 0))
                .array();
    }

    private static byte[] size(int type, NodeId source, int link, int size) {
        return header(type, source, SIZE_BYTES)
                .put((byte) link)
                .putShort((short) size)
                .array();
    }

    /** Reads a packet in clear. */
    public static KnetPacket decode(byte[] packet) throws Malformed {
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        WireReader in = new WireReader(buffer);
        if (in.u8() != VERSION) {
            throw new Malformed("unknown version of knet");
        }
        int type = in.u8();
        int node = in.u16();
        if (node == 0) {
            throw new Malformed("node id 0");
        }
        NodeId source = NodeId.of(node);
        in.skip(UNUSED_BYTES);
        return switch (type) {
            case DATA -> fragment(in, source);
            case PING -> ping(in, buffer, source);
            case PONG -> {
                Ping p = ping(in, buffer, source);
                yield new Pong(source, p.link(), p.stampHigh(), p.stampLow(), p.sequence(), p.periodic());
            }
            case SIZE_PROBE -> new SizeProbe(source, link(in), in.u16()); // the rest is there to be long
            case SIZE_REPLY -> new SizeReply(source, link(in), in.u16());
            default -> throw new Malformed("unknown type of knet");
        };
    }

    private static Fragment fragment(WireReader in, NodeId source) throws Malformed {
        int sequence = in.u16();
        if (in.u8() != 0) {
            throw new Malformed("compressed");
        }
        in.skip(1);
        boolean multicast = in.u8() != 0;
        int count = in.u8();
        int number = in.u8();
        boolean isWhole = count == 1 && number == 0;
        if (!isWhole && (number == 0 || number > count)) {
            throw new Malformed("fragment out of range");
        }
        if (in.u8() != 0) {
            throw new Malformed("other channel of knet");
        }
        return new Fragment(source, sequence, multicast, count, number, in.bytes(in.remaining()));
    }

    private static Ping ping(WireReader in, ByteBuffer buffer, NodeId source) throws Malformed {
        int link = link(in);
        if (in.remaining() != PING_REST_BYTES) {
            throw new Malformed("length of a ping");
        }
        long stampHigh = buffer.getLong();
        long stampLow = buffer.getLong();
        return new Ping(source, link, stampHigh, stampLow, in.u16(), in.u8() != 0);
    }

    private static int link(WireReader in) throws Malformed {
        int link = in.u8();
        if (link >= Knet.MAX_LINKS) {
            throw new Malformed("link out of range");
        }
        return link;
    }
}
