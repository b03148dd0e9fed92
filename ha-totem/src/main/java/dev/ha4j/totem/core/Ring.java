package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.TotemMessage;
import java.util.SortedSet;

/**
 * What a node has of one ring: members, messages, how far they are delivered. The last installed ring stays until its
 * successor is installed, through however many attempts that takes.
 */
final class Ring {

    final RingView view;
    final MessageStore store;
    final Assembler assembler;
    long highDelivered;
    private long lastSequence;
    private NodeId lastSender;
    private long lastSafeSequence;

    /** Whether a recovery of this ring got as far as telling others that all its messages are known here. */
    boolean received;

    /** Whose messages have to be delivered even beyond a gap, because somebody may have done so ("obligation set"). */
    SortedSet<NodeId> obligations = Sets.of();

    Ring(RingView view, RingConfig config) {
        this.view = view;
        this.lastSender = view.members().first();
        this.store = new MessageStore(config.limits().storeMessages());
        this.assembler = new Assembler(config.limits().maxMessageBytes());
    }

    /** Whether the message is new, and has its place on this ring. */
    boolean add(long sequence, NodeId sender, TotemMessage message) {
        boolean added = store.add(sequence, message);
        if (added && sequence > lastSequence) {
            lastSequence = sequence;
            lastSender = sender;
        }
        if (added && message instanceof RegularMessage regular && regular.guarantee() == DeliveryGuarantee.SAFE) {
            lastSafeSequence = Math.max(lastSafeSequence, sequence);
        }
        return added;
    }

    /**
     * Who keeps the token while nobody sends: the sender of the last message, for it is the likeliest to send the next. When a
     * ring is idle everybody has that message, so everybody names the same.
     *
     * @param sequence known to be in use
     */
    NodeId holder(long sequence) {
        return lastSequence >= sequence ? lastSender : view.members().first();
    }

    /** The last message that was to be delivered when everybody has it; 0 if there was none. */
    long lastSafeSequence() {
        return lastSafeSequence;
    }

    CommitToken.History history() {
        return new CommitToken.History(view.id(), store.receivedUpTo(), highDelivered, received, obligations);
    }

    /** Releases what everybody has and the application has got. */
    void release(long everybodyHasUpTo) {
        store.releaseUpTo(Math.min(everybodyHasUpTo, highDelivered));
    }
}
