package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.security.PacketSecurity;
import dev.ha4j.totem.wire.PacketWriter;
import dev.ha4j.totem.wire.TotemCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collection;

/**
 * From message to datagram: encodes, encrypts once for however many peers, and gives each route its view of the same bytes.
 * Works in arrays of its own, so a packet is copied once, out of them. On the loop only.
 */
final class Transmitter {

    private final PacketSecurity security;
    private final ByteBufAllocator buffers;
    private final LinkCounters counters;
    private final int maxDatagramBytes;
    private final PacketWriter plaintext = new PacketWriter();
    private final byte[] sealed;

    Transmitter(PacketSecurity security, ByteBufAllocator buffers, LinkCounters counters, int maxDatagramBytes) {
        this.security = security;
        this.buffers = buffers;
        this.counters = counters;
        this.maxDatagramBytes = maxDatagramBytes;
        this.sealed = new byte[maxDatagramBytes];
    }

    LinkCounters counters() {
        return counters;
    }

    void multicast(TotemMessage message, Collection<PeerRoute> routes, long nowNanos) {
        if (!routes.isEmpty() && encode(message)) {
            ByteBuf datagram = copy(security.seal(plaintext.array(), plaintext.size(), sealed));
            routes.forEach(route -> route.send(datagram.retainedDuplicate(), nowNanos));
            datagram.release();
        }
    }

    void send(TotemMessage message, PeerRoute route, long nowNanos) {
        if (encode(message)) {
            route.send(seal(route.peer(), plaintext.array(), plaintext.size()), nowNanos);
        }
    }

    /** On this link and no other. */
    void send(byte[] frame, PeerLink link, long nowNanos) {
        link.send(seal(link.peer(), frame, frame.length), nowNanos);
    }

    /** Something that is encrypted already. */
    void sendSealed(byte[] datagram, PeerRoute route, long nowNanos) {
        route.send(buffers.directBuffer(datagram.length).writeBytes(datagram), nowNanos);
    }

    private boolean encode(TotemMessage message) {
        TotemCodec.encode(message, plaintext.begin(Frame.MESSAGE));
        if (plaintext.size() + PacketSecurity.OVERHEAD_BYTES > maxDatagramBytes) {
            counters.oversized();
            return false;
        }
        return true;
    }

    private ByteBuf seal(NodeId target, byte[] frame, int length) {
        return copy(security.sealFor(target, frame, length, sealed));
    }

    private ByteBuf copy(int length) {
        return buffers.directBuffer(length).writeBytes(sealed, 0, length);
    }
}
