package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.TotemMessage;

/** Counts what goes out. */
record CountingTransport(RingTransport transport, MessageCounts counts) implements RingTransport {

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        counts.count(message);
        transport.multicast(message, scope);
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        counts.count(message);
        transport.send(target, message);
    }

    @Override
    public void repeat(NodeId target, TotemMessage message) {
        counts.count(message);
        transport.repeat(target, message);
    }
}
