package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.security.packet.OpenResult;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import dev.ha4j.totem.security.packet.PacketSecurity;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From datagram to message: opens what is authentic, answers what is about links, puts parts together. On the loop only. */
final class Incoming {

    private final PacketSecurity security;
    private final Routes routes;
    private final LinkMonitor monitor;
    private final Transmitter transmitter;
    private final LinkCounters counters;
    private final Parts parts;
    private final byte[] datagram;
    private final Sink sink;

    /** Who hears of it. */
    interface Sink {
        void message(NodeId sender, TotemMessage message, long nowNanos);

        /** Something authentic that is no message. */
        void heard(NodeId sender, long nowNanos);
    }

    Incoming(
            PacketSecurity security,
            Routes routes,
            LinkMonitor monitor,
            Transmitter transmitter,
            int maxDatagramBytes,
            Sink sink) {
        this.security = security;
        this.routes = routes;
        this.monitor = monitor;
        this.transmitter = transmitter;
        this.counters = transmitter.counters();
        this.parts = new Parts(Parts.MAX_MESSAGE_BYTES);
        this.datagram = new byte[maxDatagramBytes];
        this.sink = sink;
    }

    void received(int link, ByteBuf content, InetSocketAddress source, long nowNanos) {
        counters.packetIn();
        int length = content.readableBytes();
        if (length > datagram.length) {
            counters.oversized();
            return;
        }
        content.readBytes(datagram, 0, length);
        judge(
                security.open(datagram, length, sender -> isFrom(sender, link, source), nowNanos),
                link,
                length,
                nowNanos);
    }

    /** What arrives on a link has to come from the sender's address on that link. */
    private boolean isFrom(NodeId sender, int link, InetSocketAddress source) {
        PeerLink from = routes.link(sender, link);
        return from != null && from.isFrom(source.getAddress());
    }

    private void judge(OpenResult result, int link, int length, long nowNanos) {
        if (result instanceof Opened opened) {
            PeerLink from = routes.link(opened.sender(), link);
            if (from != null) {
                from.received(length);
            }
            onFrame(opened.sender(), opened.plaintext(), from, length, nowNanos);
        } else if (result instanceof HandshakeReply reply) {
            routes.to(reply.peer()).ifPresent(route -> transmitter.sendSealed(reply.datagram(), route, nowNanos));
            if (reply.confirmed()) {
                confirmed(reply.peer(), nowNanos);
            }
        } else if (result instanceof Confirmed confirmed) {
            confirmed(confirmed.peer(), nowNanos);
        }
    }

    private void confirmed(NodeId peer, long nowNanos) {
        parts.forget(peer); // it may be another life
        routes.to(peer).ifPresent(route -> route.confirmed(nowNanos));
        monitor.changed();
        heard(peer, nowNanos);
    }

    private void onFrame(NodeId sender, ByteBuffer frame, @Nullable PeerLink link, int length, long nowNanos) {
        byte kind = frame.hasRemaining() ? frame.get() : Frame.PROBE;
        switch (kind) {
            case Frame.MESSAGE -> onMessage(sender, frame, nowNanos);
            case Frame.PART -> {
                heard(sender, nowNanos);
                parts.add(sender, frame).ifPresent(whole -> onMessage(sender, whole, nowNanos));
            }
            default -> {
                heard(sender, nowNanos);
                if (link != null) {
                    monitor.onFrame(kind, frame, link, length, nowNanos);
                }
            }
        }
    }

    private void onMessage(NodeId sender, ByteBuffer body, long nowNanos) {
        routes.to(sender).ifPresent(route -> route.heard(nowNanos));
        DecodeResult decoded = TotemCodec.decode(body);
        if (decoded instanceof DecodeResult.Decoded accepted) {
            sink.message(sender, accepted.message(), nowNanos);
        } else if (decoded instanceof DecodeResult.Rejected rejected) {
            counters.undecodable(rejected.reason());
        }
    }

    private void heard(NodeId peer, long nowNanos) {
        routes.to(peer).ifPresent(route -> route.heard(nowNanos));
        sink.heard(peer, nowNanos);
    }
}
