package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.HoldCancel;
import java.util.Optional;

/**
 * Asks the last sender for the token that it may keep. The request may be lost, or the token go elsewhere: until it is here, who is
 * the last sender then is asked again, ever more rarely.
 */
final class TokenRequest {

    /** Of the time after which the token itself is repeated: about a millisecond. */
    private static final int FIRST_WAIT_PARTS = 200;

    private final Protocol node;
    private final Ring ring;
    private final TokenRotation rotation;
    private final long firstWaitNanos;
    private long waitNanos;
    private Optional<NodeId> asked = Optional.empty();

    TokenRequest(Protocol node, Ring ring, TokenRotation rotation) {
        this.node = node;
        this.ring = ring;
        this.rotation = rotation;
        this.firstWaitNanos = node.config.nanos(RingTime.TOKEN_RETRANSMIT) / FIRST_WAIT_PARTS;
    }

    /** Unless the last sender has been asked. */
    void begin(long now) {
        if (asked.filter(lastSender()::equals).isEmpty()) {
            waitNanos = firstWaitNanos;
            ask(now);
        }
    }

    boolean isOpen() {
        return asked.isPresent();
    }

    void ask(long now) {
        NodeId keeper = lastSender();
        asked = Optional.of(keeper);
        if (!keeper.equals(node.self)) {
            node.transport.send(keeper, new HoldCancel(ring.view.id(), node.self));
        }
        rotation.endIdleness();
        node.timers.set(Timers.Name.ASK, now + waitNanos);
        waitNanos *= 2;
    }

    private NodeId lastSender() {
        return ring.holder(rotation.forwardedSequence());
    }

    void answered() {
        asked = Optional.empty();
        node.timers.cancel(Timers.Name.ASK);
    }
}
