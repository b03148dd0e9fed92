package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/** Hands ordered messages to the application (paper, sections 4 and 6.4). */
final class Deliverer {

    private final NodeId self;
    private final SendQueue queue;
    private final RingListener listener;

    Deliverer(NodeId self, SendQueue queue, RingListener listener) {
        this.self = self;
        this.queue = queue;
        this.listener = listener;
    }

    /** Delivers without gaps, and stops before a safe message that is not known to be safe. */
    void deliverInRegular(Ring ring, long safeUpTo) {
        for (; ; ) {
            long sequence = ring.highDelivered + 1;
            Optional<TotemMessage> message = ring.store.get(sequence);
            if (message.isEmpty() || (needsSafety(message.get()) && sequence > safeUpTo)) {
                return;
            }
            ring.highDelivered = sequence;
            deliver(ring, message.get(), false);
        }
    }

    /**
     * Delivers the rest of an old ring. Beyond the first gap, only messages of those whose own messages are all here: the
     * others' might depend on what is missing.
     */
    void deliverInTransitional(Ring ring, SortedSet<NodeId> complete) {
        boolean gap = false;
        long highest = ring.store.highest();
        for (long sequence = ring.highDelivered + 1; sequence <= highest; sequence++) {
            Optional<TotemMessage> message = ring.store.get(sequence);
            gap |= message.isEmpty();
            if (message.isPresent() && (!gap || complete.contains(sender(message.get())))) {
                deliver(ring, message.get(), true);
            }
        }
        ring.highDelivered = highest;
    }

    private static boolean needsSafety(TotemMessage message) {
        return message instanceof RegularMessage regular && regular.guarantee() == DeliveryGuarantee.SAFE;
    }

    private NodeId sender(TotemMessage message) {
        return message instanceof RegularMessage regular ? regular.sender() : self;
    }

    private void deliver(Ring ring, TotemMessage message, boolean inTransitional) {
        if (!(message instanceof RegularMessage regular)) {
            return; // repeats of an older ring were taken out when they came in
        }
        boolean own = regular.sender().equals(self);
        for (Fragment fragment : regular.fragments()) {
            Optional<byte[]> whole = ring.assembler.add(regular.sender(), fragment);
            if (whole.isPresent()) {
                OptionalLong id = own ? OptionalLong.of(fragment.submissionId()) : OptionalLong.empty();
                id.ifPresent(queue::delivered);
                listener.delivered(new Delivery(
                        ring.view.id(),
                        regular.sequence(),
                        regular.sender(),
                        id,
                        whole.get(),
                        regular.guarantee(),
                        inTransitional));
            }
        }
    }
}
