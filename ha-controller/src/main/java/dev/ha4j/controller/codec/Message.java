package dev.ha4j.controller.codec;

import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.exchange.DeviceWord;
import dev.ha4j.controller.exchange.Offer;
import dev.ha4j.controller.exchange.Opinion;

/** What controllers send to each other. Each names the ring that it belongs to, and counts nowhere else. */
public sealed interface Message {

    /** Sequence of the ring for which it was sent. */
    long ring();

    record OfferMessage(long ring, Offer offer) implements Message {}

    /**
     * A piece of the source's state.
     *
     * @param total bytes of the whole
     * @param checksum of the whole
     * @param offset of this piece
     */
    record SnapshotChunk(long ring, int total, long checksum, int offset, byte[] bytes) implements Message {}

    /** The sender has the epoch and its base on disk. */
    record EpochDurable(long ring) implements Message {}

    /** The sender has all commands of this epoch up to this index on disk. */
    record Durable(long ring, long index) implements Message {}

    /** An operator told the sender something about who votes. */
    record WordSpoken(long ring, QuorumWord word) implements Message {}

    /** What the sender knows of those whom an operator declares down. */
    record OpinionGiven(long ring, Opinion opinion) implements Message {}

    /** The sender's quorum device has answered. */
    record DeviceSaid(long ring, DeviceWord word) implements Message {}

    /** Which arbiter the sender's quorum device asks; empty if it has none, or can't tell. */
    record ArbiterNamed(long ring, String arbiter) implements Message {}

    record Command(long ring, StateCommand command) implements Message {}
}
