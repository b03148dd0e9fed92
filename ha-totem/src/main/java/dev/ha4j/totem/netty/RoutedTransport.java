package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.TotemMessage;
import java.util.Collection;

/** The ring's messages, on their ways to the peers. On the loop only. */
final class RoutedTransport implements RingTransport {

    private final Routes routes;
    private final Transmitter transmitter;
    private final LinkMonitor monitor;
    private final NanoClock clock;
    private final Freshness freshness;

    RoutedTransport(NodeId self, Routes routes, Transmitter transmitter, LinkMonitor monitor, NanoClock clock) {
        this.routes = routes;
        this.transmitter = transmitter;
        this.monitor = monitor;
        this.clock = clock;
        this.freshness = new Freshness(self);
    }

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        Collection<PeerRoute> targets =
                scope instanceof Scope.RingMembers ring ? routes.to(ring.members()) : routes.all();
        long nowNanos = clock.nanoTime();
        boolean isFresh = freshness.isFresh(message);
        if (!isFresh && message instanceof RegularMessage) {
            monitor.doubtSizes(targets, nowNanos); // somebody misses it: maybe it was too large
        }
        transmitter.multicast(message, targets, isFresh, nowNanos); // it may be a group that lost what is sent again
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        routes.to(target).ifPresent(route -> transmitter.send(message, route, clock.nanoTime()));
    }

    @Override
    public void repeat(NodeId target, TotemMessage message) {
        routes.to(target).ifPresent(route -> transmitter.repeat(message, route, clock.nanoTime()));
    }
}
