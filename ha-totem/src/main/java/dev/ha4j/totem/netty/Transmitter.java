package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.security.packet.PacketSecurity;
import dev.ha4j.totem.wire.PacketWriter;
import dev.ha4j.totem.wire.TotemCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From message to datagram: encodes, cuts what the way can't take as a whole, encrypts once for however many peers, and gives each
 * route its view of the same bytes. Works in arrays of its own, so a packet is copied once, out of them.
 *
 * <p>Small datagrams for the same peers wait for each other, so that they take one system call; {@link #flush} ends the wait, and
 * so does whatever goes elsewhere. The last few are not even encrypted until then: their sender may deliver them meanwhile. On the
 * loop only.
 */
final class Transmitter {

    /** No more than the kernel cuts at once, which is also what fits into one IP packet. */
    private static final int MAX_BATCH_BYTES = 64_000;

    private static final int MAX_BATCH_DATAGRAMS = 64;

    private static final int MAX_UNENCRYPTED = 4;

    private final PacketSecurity security;
    private final ByteBufAllocator buffers;
    private final LinkCounters counters;
    private final Groups groups = new Groups();
    private final int maxDatagramBytes;
    private final PacketWriter plaintext = new PacketWriter();
    private final PacketWriter part = new PacketWriter();
    private int cutMessages;
    private final byte[] sealed;
    private final ArrayDeque<Unencrypted> unencrypted = new ArrayDeque<>();
    private Collection<PeerRoute> waitingFor = List.of();
    private @Nullable ByteBuf waiting;
    private int waitingBytes;
    private boolean waitingForGroups;

    private record Unencrypted(TotemMessage message, Collection<PeerRoute> routes, boolean byGroups) {}

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
     * Sends a message to several peers.
     *
     * @param routes the same object for packets that may wait for each other
     * @param byGroups whether multicast groups may carry it, where there are some
     */
    void multicast(TotemMessage message, Collection<PeerRoute> routes, boolean byGroups, long nowNanos) {
        if (!routes.isEmpty()) {
            unencrypted.addLast(new Unencrypted(message, routes, byGroups));
            encryptAllBut(MAX_UNENCRYPTED, nowNanos);
        }
    }

    private void encryptAllBut(int last, long nowNanos) {
        while (unencrypted.size() > last) {
            Unencrypted next = unencrypted.removeFirst();
            if (encode(next.message())) {
                add(next.routes(), next.byGroups(), nowNanos);
            }
        }
    }

    /** What was encoded last goes to the datagrams that wait. */
    private void add(Collection<PeerRoute> routes, boolean byGroups, long nowNanos) {
        int carried = narrowest(routes);
        if (plaintext.size() + PacketSecurity.OVERHEAD_BYTES > carried) {
            sendWaiting(nowNanos);
            sendParts(carried, frame -> toAll(routes, security.seal(frame.array(), frame.size(), sealed), nowNanos));
            return;
        }
        int length = security.seal(plaintext.array(), plaintext.size(), sealed);
        if (waiting != null
                && (routes != waitingFor
                        || byGroups != waitingForGroups
                        || length > waitingBytes
                        || waiting.writableBytes() < length)) {
            sendWaiting(nowNanos);
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
            sendWaiting(nowNanos);
        }
    }

    /** Sends what waits. */
    void flush(long nowNanos) {
        encryptAllBut(0, nowNanos);
        sendWaiting(nowNanos);
    }

    private void sendWaiting(long nowNanos) {
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
        send(message, route, batch -> route.send(batch, Groups.Sending.UNICAST, nowNanos), nowNanos);
    }

    /** On each link that is up. */
    void repeat(TotemMessage message, PeerRoute route, long nowNanos) {
        send(message, route, batch -> route.sendOnEach(batch, nowNanos), nowNanos);
    }

    private void send(TotemMessage message, PeerRoute route, Consumer<Batch> links, long nowNanos) {
        flush(nowNanos);
        if (!encode(message)) {
            return;
        }
        Consumer<PacketWriter> sender =
                frame -> links.accept(Batch.of(seal(route.peer(), frame.array(), frame.size())));
        int carried = Math.min(route.provenBytes(), maxDatagramBytes);
        if (plaintext.size() + PacketSecurity.OVERHEAD_BYTES > carried) {
            sendParts(carried, sender);
        } else {
            sender.accept(plaintext);
        }
    }

    private void toAll(Collection<PeerRoute> routes, int length, long nowNanos) {
        Batch batch = Batch.of(copy(length));
        routes.forEach(route -> route.send(batch.retained(), Groups.Sending.UNICAST, nowNanos));
        batch.release();
    }

    private int narrowest(Collection<PeerRoute> routes) {
        int bytes = maxDatagramBytes;
        for (PeerRoute route : routes) {
            bytes = Math.min(bytes, route.provenBytes());
        }
        return bytes;
    }

    /** Cuts what was encoded last; each part's frame is good until the next. */
    private void sendParts(int datagramBytes, Consumer<PacketWriter> sender) {
        int body = plaintext.size() - 1; // what kind of frame it is, all parts say
        int room = datagramBytes - PacketSecurity.OVERHEAD_BYTES - Parts.HEADER_BYTES;
        int count = (body + room - 1) / room;
        if (count > Parts.MAX_PARTS) {
            counters.oversized();
            return;
        }
        cutMessages++;
        for (int index = 0; index < count; index++) {
            int from = 1 + index * room;
            part.begin(Frame.PART)
                    .part(cutMessages, index, count)
                    .raw(plaintext.array(), from, Math.min(room, plaintext.size() - from));
            sender.accept(part);
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
        if (plaintext.size() > Parts.MAX_MESSAGE_BYTES) {
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
