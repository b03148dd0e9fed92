package dev.ha4j.totem.netty;

import dev.ha4j.totem.security.packet.PacketSecurity;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Everything that is sent to find out about links rather than to say something. On the loop only. */
final class Prober {

    private final PacketSecurity security;
    private final Transmitter transmitter;

    Prober(PacketSecurity security, Transmitter transmitter) {
        this.security = security;
        this.transmitter = transmitter;
    }

    /**
     * Sends what is due.
     *
     * @param pace a link that was sent nothing for so long gets a probe
     * @return whether a link has just become refused or gone down
     */
    boolean tick(PeerRoute route, ProbePace pace, long nowNanos) {
        boolean worse = false;
        boolean confirmed = security.isConfirmed(route.peer());
        for (PeerLink link : route.links()) {
            worse |= link.doubt().becomesRefused(nowNanos);
            worse |= link.goesDown(nowNanos);
            if (confirmed) {
                measure(link, nowNanos);
            }
            if (link.isQuiet(nowNanos, pace.awakeNanos())) {
                transmitter.send(Frame.probe(), link, nowNanos);
            }
        }
        return worse;
    }

    private void measure(PeerLink link, long nowNanos) {
        if (link.health().isDue(nowNanos)) {
            link.health().pinged(nowNanos);
            transmitter.send(Frame.ping(link.number(), nowNanos), link, nowNanos);
        }
        if (link.size().isDue(nowNanos)) {
            int datagramBytes = link.size().ask(nowNanos);
            transmitter.send(Frame.sizeRequest(datagramBytes - PacketSecurity.OVERHEAD_BYTES), link, nowNanos);
        }
    }

    /** One ping for all peers of this link. */
    void tickGroup(Group group, Collection<PeerRoute> routes, long nowNanos) {
        List<PeerLink> links = routes.stream()
                .filter(route -> security.isConfirmed(route.peer()))
                .flatMap(route -> Stream.ofNullable(route.link(group.link())))
                .toList();
        links.forEach(link -> link.group().goesDown(nowNanos));
        if (links.stream().anyMatch(link -> link.group().isDue(nowNanos))) {
            links.forEach(link -> link.group().pinged(nowNanos));
            transmitter.ping(group, nowNanos);
        }
    }

    long groupDeadlineNanos(Group group, Collection<PeerRoute> routes) {
        return routes.stream()
                .filter(route -> security.isConfirmed(route.peer()))
                .flatMap(route -> Stream.ofNullable(route.link(group.link())))
                .mapToLong(link -> link.group().deadlineNanos())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** If one link is in doubt, any will do for the answer. */
    void ask(PeerRoute route, long nowNanos) {
        for (PeerLink link : route.links()) {
            if (link.doubt().takeQuestion(nowNanos)) {
                route.links().forEach(each -> transmitter.send(Frame.probeRequest(), each, nowNanos));
            }
        }
    }

    /**
     * A frame that is no message, of which {@code length} bytes arrived on this link.
     *
     * @return whether the link can do more since
     */
    boolean onFrame(byte kind, ByteBuffer body, PeerLink link, int length, long nowNanos) {
        switch (kind) {
            case Frame.PROBE_REQUEST -> transmitter.send(Frame.probe(), link, nowNanos);
            case Frame.SIZE_REQUEST -> transmitter.send(Frame.size(length), link, nowNanos);
            case Frame.PING -> {
                if (Frame.isPing(body)) {
                    transmitter.send(Frame.pong(Frame.PONG, body), link, nowNanos);
                }
            }
            case Frame.GROUP_PING -> {
                if (Frame.isGroupPing(body)) {
                    transmitter.send(Frame.pong(Frame.GROUP_PONG, body), link, nowNanos);
                }
            }
            case Frame.SIZE -> {
                OptionalInt told = Frame.toldSize(body);
                return told.isPresent() && link.size().answered(told.getAsInt(), nowNanos);
            }
            case Frame.GROUP_PONG -> {
                return isPongOf(link, body) && link.group().answered(body.getLong(), nowNanos);
            }
            case Frame.PONG -> {
                return isPongOf(link, body) && link.answered(body.getLong(), nowNanos);
            }
            default -> {}
        }
        return false;
    }

    /** Reads as far as to when it was sent. */
    private static boolean isPongOf(PeerLink link, ByteBuffer body) {
        return Frame.isPing(body) && body.get() == link.number();
    }

    /** Before this, {@link #tick} has nothing to do. */
    long dueNanos(PeerRoute route, ProbePace pace) {
        return earliest(route, pace.awakeNanos(), LinkHealth::dueNanos);
    }

    /** At this, {@link #tick} has to be called. */
    long deadlineNanos(PeerRoute route, ProbePace pace) {
        return earliest(route, pace.latestNanos(), LinkHealth::deadlineNanos);
    }

    private long earliest(PeerRoute route, long quietNanos, ToLongFunction<LinkHealth> ofHealth) {
        long earliestNanos = Long.MAX_VALUE;
        boolean confirmed = security.isConfirmed(route.peer());
        for (PeerLink link : route.links()) {
            earliestNanos = Math.min(earliestNanos, link.deadlineNanos(quietNanos));
            if (confirmed) {
                earliestNanos = Math.min(earliestNanos, link.size().deadlineNanos());
                earliestNanos = Math.min(earliestNanos, ofHealth.applyAsLong(link.health()));
            }
        }
        return earliestNanos;
    }
}
