package dev.ha4j.controller.lease;

import dev.ha4j.api.state.PersistentMap;
import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a lease is at one instant; each rule of it a pure method.
 *
 * @param rule the arithmetic
 * @param epochRing the ring whose token renews the lease; {@link #NO_EPOCH} for none
 * @param expiryNanos until when it holds; empty if it was never renewed
 * @param lastTickNanos when the ring's thread was last seen running
 * @param suspendedNanos when a pause was last noticed; empty if the lease is not suspended
 * @param terms resources by token, of all terms begun and not ended
 * @param held tokens of those terms that have not lapsed
 * @param lastVisits when the last token was accepted, by ring; the newest {@link #MAX_RINGS} rings
 */
record LeaseState(
        LeaseRule rule,
        long epochRing,
        OptionalLong expiryNanos,
        long lastTickNanos,
        OptionalLong suspendedNanos,
        SortedMap<Long, String> terms,
        SortedSet<Long> held,
        PersistentMap<Long, Long> lastVisits) {

    static final long NO_EPOCH = -1;
    static final int MAX_RINGS = 8;

    static LeaseState initial(LeaseRule rule, long nowNanos) {
        return new LeaseState(
                rule,
                NO_EPOCH,
                OptionalLong.empty(),
                nowNanos,
                OptionalLong.empty(),
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                PersistentMap.empty());
    }

    boolean holds(long token) {
        return held.contains(token) && suspendedNanos.isEmpty();
    }

    boolean isValid(long nowNanos) {
        return epochRing != NO_EPOCH && suspendedNanos.isEmpty() && expiryNanos.isPresent() && !isExpired(nowNanos);
    }

    OptionalLong remainingNanos(long nowNanos) {
        return expiryNanos.isEmpty() ? OptionalLong.empty() : OptionalLong.of(expiryNanos.getAsLong() - nowNanos);
    }

    /** What any reader sees: a pause suspends, and expiry latches. */
    LeaseState observed(long nowNanos) {
        LeaseState seen = this;
        if (isPaused(nowNanos) && suspendedNanos.isEmpty()) {
            seen = seen.suspendedAt(OptionalLong.of(nowNanos));
        }
        return seen.isExpired(nowNanos) && !held.isEmpty() ? seen.withHeld(Collections.emptySortedSet()) : seen;
    }

    /** The ring's thread runs again: if that was a pause, only a token that is first sent from now on ends the suspension. */
    LeaseState ticked(long nowNanos) {
        LeaseState seen = observed(nowNanos);
        if (isPaused(nowNanos)) {
            seen = seen.suspendedAt(OptionalLong.of(nowNanos));
        }
        return new LeaseState(
                rule, epochRing, expiryNanos, nowNanos, seen.suspendedNanos, terms, seen.held, lastVisits);
    }

    LeaseState visited(long ring, OptionalLong previousFirstSentNanos, long nowNanos) {
        LeaseState seen = ticked(nowNanos).visitNoted(ring, nowNanos);
        return previousFirstSentNanos.isPresent() && renews(ring)
                ? seen.renewed(previousFirstSentNanos.getAsLong())
                : seen;
    }

    /** Only the token of the open epoch's ring renews. */
    boolean renews(long ring) {
        return ring == epochRing && ring != NO_EPOCH;
    }

    private LeaseState renewed(long firstSentNanos) {
        boolean sentAfterPause = suspendedNanos.isEmpty() || firstSentNanos - suspendedNanos.getAsLong() >= 0;
        return new LeaseState(
                rule,
                epochRing,
                OptionalLong.of(later(rule.expiryNanos(firstSentNanos))),
                lastTickNanos,
                sentAfterPause ? OptionalLong.empty() : suspendedNanos,
                terms,
                held,
                lastVisits);
    }

    private long later(long candidateNanos) {
        boolean rises = expiryNanos.isEmpty() || candidateNanos - expiryNanos.getAsLong() > 0;
        return rises ? candidateNanos : expiryNanos.getAsLong();
    }

    /** The terms that the new epoch does not confirm lapse. */
    LeaseState inEpoch(long ring, Collection<Long> confirmed) {
        TreeSet<Long> kept = new TreeSet<>(held);
        kept.retainAll(confirmed);
        return new LeaseState(rule, ring, expiryNanos, lastTickNanos, suspendedNanos, terms, kept, lastVisits);
    }

    /** The ring is gone; the lease runs on, and nothing renews it. */
    LeaseState outOfEpoch() {
        return new LeaseState(rule, NO_EPOCH, expiryNanos, lastTickNanos, suspendedNanos, terms, held, lastVisits);
    }

    /** A term begins; with a lease that has expired it begins as lapsed, except before the first renewal in its epoch. */
    LeaseState begin(String resource, long token, long nowNanos) {
        TreeMap<Long, String> all = new TreeMap<>(terms);
        all.put(token, resource);
        TreeSet<Long> live = new TreeSet<>(held);
        if (epochRing != NO_EPOCH && expiryNanos.isPresent() && !isExpired(nowNanos)) {
            live.add(token);
        }
        return new LeaseState(rule, epochRing, expiryNanos, lastTickNanos, suspendedNanos, all, live, lastVisits);
    }

    LeaseState end(long token) {
        TreeMap<Long, String> left = new TreeMap<>(terms);
        left.remove(token);
        TreeSet<Long> live = new TreeSet<>(held);
        live.remove(token);
        return new LeaseState(rule, epochRing, expiryNanos, lastTickNanos, suspendedNanos, left, live, lastVisits);
    }

    boolean isExpired(long nowNanos) {
        return expiryNanos.isPresent() && nowNanos - expiryNanos.getAsLong() >= 0;
    }

    /** Whether the token that renewed it last was first sent at this instant or later. */
    boolean isRenewedFrom(long sinceNanos) {
        return expiryNanos.isPresent() && expiryNanos.getAsLong() - rule.expiryNanos(sinceNanos) >= 0;
    }

    private boolean isPaused(long nowNanos) {
        return nowNanos - lastTickNanos > rule.pauseLimit().toNanos();
    }

    /** Tokens that have begun, not ended, and lapsed. */
    Set<Long> lapsed() {
        TreeSet<Long> tokens = new TreeSet<>(terms.keySet());
        tokens.removeAll(held);
        return tokens;
    }

    private LeaseState visitNoted(long ring, long nowNanos) {
        PersistentMap<Long, Long> visits = lastVisits.put(ring, nowNanos);
        while (visits.size() > MAX_RINGS) {
            visits = visits.remove(visits.first().orElseThrow().getKey());
        }
        return new LeaseState(rule, epochRing, expiryNanos, lastTickNanos, suspendedNanos, terms, held, visits);
    }

    private LeaseState suspendedAt(OptionalLong nanos) {
        return new LeaseState(rule, epochRing, expiryNanos, lastTickNanos, nanos, terms, held, lastVisits);
    }

    private LeaseState withHeld(SortedSet<Long> tokens) {
        return new LeaseState(rule, epochRing, expiryNanos, lastTickNanos, suspendedNanos, terms, tokens, lastVisits);
    }
}
