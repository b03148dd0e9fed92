package dev.ha4j.qnetd.witness;

import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.wire.RingId;
import dev.ha4j.qnetd.wire.Vote;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the arbiter knows of one node that is connected, and what it told it. */
final class Voter {

    private final long connection;
    private final long node;
    private final long heartbeatNanos;
    private SortedSet<Long> configured = Collections.emptySortedSet();
    private Optional<RingId> ring = Optional.empty();
    private SortedSet<Long> members = Collections.emptySortedSet();
    private Heuristics heuristics = Heuristics.UNDEFINED;
    private boolean keepsActive;
    private Vote told = Vote.UNDEFINED;
    private Optional<RingId> toldFor = Optional.empty();
    private OptionalLong unanswered = OptionalLong.empty();

    Voter(long connection, long node, long heartbeatNanos) {
        this.connection = connection;
        this.node = node;
        this.heartbeatNanos = heartbeatNanos;
    }

    long heartbeatNanos() {
        return heartbeatNanos;
    }

    long connection() {
        return connection;
    }

    long node() {
        return node;
    }

    SortedSet<Long> configured() {
        return configured;
    }

    Optional<RingId> ring() {
        return ring;
    }

    SortedSet<Long> members() {
        return members;
    }

    Heuristics heuristics() {
        return heuristics;
    }

    void configure(SortedSet<Long> nodes) {
        configured = new TreeSet<>(nodes);
    }

    void join(RingId newRing, SortedSet<Long> newMembers) {
        ring = Optional.of(newRing);
        members = new TreeSet<>(newMembers);
    }

    void check(Heuristics result) {
        heuristics = result;
    }

    /** Whether of two equal halves it wants the one that has the vote to be preferred. */
    boolean keepsActive() {
        return keepsActive;
    }

    void keepActive(boolean preferred) {
        keepsActive = preferred;
    }

    /** Whether the last that it was told, about whatever ring, is that it has the vote. */
    boolean isActive() {
        return told == Vote.ACK;
    }

    /** Whether it was told this about the ring that it is in. */
    boolean knows(Vote vote) {
        return told == vote && toldFor.equals(ring);
    }

    Vote present() {
        return toldFor.equals(ring) && told != Vote.UNDEFINED ? told : Vote.WAIT;
    }

    void tell(Vote vote, long sequence) {
        told = vote;
        toldFor = ring;
        unanswered = OptionalLong.of(sequence);
    }

    void answered(long sequence) {
        if (unanswered.isPresent() && unanswered.getAsLong() == sequence) {
            unanswered = OptionalLong.empty();
        }
    }

    boolean hasAnswered() {
        return unanswered.isEmpty();
    }
}
