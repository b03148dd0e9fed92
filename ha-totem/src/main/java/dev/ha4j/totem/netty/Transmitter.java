package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.security.PacketSecurity;
import dev.ha4j.totem.wire.PacketWriter;
import dev.ha4j.totem.wire.TotemCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From message to datagram: encodes, encrypts once for however many peers, and gives each route its view of the same bytes.
 * Works in arrays of its own, so a packet is copied once, out of them.
 *
 * <p>Small datagrams for the same peers wait for each other, so that they take one system call; {@link #flush} ends the wait, and
 * so does whatever goes elsewhere. On the loop only.
 */
final class Transmitter {

    /** No more than the kernel cuts at once, which is also what fits into one IP packet. */
    private static final int MAX_BATCH_BYTES = 64_000;

    private static final int MAX_BATCH_DATAGRAMS = 64;

    private final PacketSecurity security;
    private final ByteBufAllocator buffers;
    private final LinkCounters counters;
    private final Groups groups = new Groups();
    private final int maxDatagramBytes;
    private final PacketWriter plaintext = new PacketWriter();
    private final byte[] sealed;
    private Collection<PeerRoute> waitingFor = List.of();
    private @Nullable ByteBuf waiting;
    private int waitingBytes;
    private boolean waitingForGroups;

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

    Groups groups() {
        return groups;
    }

    /**
     * @param routes the same object for packets that may wait for each other
     * @param byGroups whether multicast groups may carry it, where there are some
     */
    void multicast(TotemMessage message, Collection<PeerRoute> routes, boolean byGroups, long nowNanos) {
        if (routes.isEmpty() || !encode(message)) {
            return;
        }
        int length = security.seal(plaintext.array(), plaintext.size(), sealed);
        if (waiting != null
                && (routes != waitingFor
                        || byGroups != waitingForGroups
                        || length > waitingBytes
                        || waiting.writableBytes() < length)) {
            flush(nowNanos);
        }
        if (waiting == null) {
            int most = Math.max(1, Math.min(MAX_BATCH_BYTES / length, MAX_BATCH_DATAGRAMS));
            waiting = buffers.directBuffer(most * length, most * length);
            waitingFor = routes;
            waitingBytes = length;
            waitingForGroups = byGroups;
        }
        waiting.writeBytes(sealed, 0, length);
        if (length < waitingBytes || waiting.writableBytes() < waitingBytes) {
            flush(nowNanos);
        }
    }

    /** Sends what waits. */
    void flush(long nowNanos) {
        if (waiting == null) {
            return;
        }
        Batch batch = new Batch(waiting, waitingBytes);
        waiting = null;
        Groups.Sending sending = waitingForGroups ? groups.sending(batch, nowNanos) : Groups.Sending.UNICAST;
        waitingFor.forEach(route -> route.send(batch.retained(), sending, nowNanos));
        batch.release();
    }

    void send(TotemMessage message, PeerRoute route, long nowNanos) {
        flush(nowNanos);
        if (encode(message)) {
            route.send(
                    Batch.of(seal(route.peer(), plaintext.array(), plaintext.size())),
                    Groups.Sending.UNICAST,
                    nowNanos);
        }
    }

    /** On this link and no other. */
    void send(byte[] frame, PeerLink link, long nowNanos) {
        link.send(Batch.of(seal(link.peer(), frame, frame.length)), nowNanos);
    }

    /** Finds out who hears the group. */
    void ping(Group group, long nowNanos) {
        byte[] frame = Frame.groupPing(group.link(), nowNanos, group.datagramBytes() - PacketSecurity.OVERHEAD_BYTES);
        int length = security.seal(frame, frame.length, sealed);
        group.send(Batch.of(copy(length)), nowNanos);
    }

    /** Something that is encrypted already. */
    void sendSealed(byte[] datagram, PeerRoute route, long nowNanos) {
        ByteBuf copy = buffers.directBuffer(datagram.length).writeBytes(datagram);
        route.send(Batch.of(copy), Groups.Sending.UNICAST, nowNanos);
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
