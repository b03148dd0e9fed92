package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.TotemMessage;
import org.jspecify.annotations.Nullable;

/** Tells what is sent for the first time from what is sent again. On the loop only. */
final class Freshness {

    private final NodeId self;
    private @Nullable RingId ring;
    private long highest;

    Freshness(NodeId self) {
        this.self = self;
    }

    /** Whether it is a message of this node that was not seen here before. A ring's sequences rise. */
    boolean isFresh(TotemMessage message) {
        if (!(message instanceof RegularMessage regular) || !regular.sender().equals(self)) {
            return false;
        }
        boolean fresh = !regular.ring().equals(ring) || regular.sequence() > highest;
        if (fresh) {
            ring = regular.ring();
            highest = regular.sequence();
        }
        return fresh;
    }
}
