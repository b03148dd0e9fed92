package dev.ha4j.controller.lease;

import dev.ha4j.api.Term;
import dev.ha4j.runtime.LeaseClock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The one lease of a node, which carries all its terms. It is renewed by the ring's token, in the ring whose epoch is open,
 * and runs out by itself: every reader looks at the clock. Safe for use by any thread; never blocks.
 *
 * <p>Rules, each with a method in {@link LeaseState}: (1) it runs from the instant at which the token that came back was first
 * sent; (2) only tokens of the open epoch's ring count; (3) whoever first sees it expired latches that for all terms held;
 * (4) after a pause of the ring's thread it is suspended until a token that was first sent after the pause has come back.
 */
public final class NodeLease {

    private final LeaseRule rule;
    private final LeaseClock clock;
    private final AtomicReference<LeaseState> state;

    public NodeLease(LeaseRule rule, LeaseClock clock) {
        this.rule = rule;
        this.clock = clock;
        this.state = new AtomicReference<>(LeaseState.initial(rule, clock.nanoTime()));
    }

    /** By which it is counted, here and by those who wait for its end. */
    public LeaseRule rule() {
        return rule;
    }

    /** The clock by which instants are given to this lease. */
    public LeaseClock clock() {
        return clock;
    }

    /**
     * The token was accepted: a heartbeat and, in the open epoch, a renewal. Called on the ring's loop.
     *
     * @param ringSequence of the ring it rotates in
     * @param previousFirstSentNanos when this node first sent it on its previous visit, by {@link #clock()}; empty on the
     *     first visit in this ring
     */
    public void visited(long ringSequence, OptionalLong previousFirstSentNanos) {
        change(now -> current -> current.visited(ringSequence, previousFirstSentNanos, now));
    }

    /** The ring's thread runs, though no token may come. To be called on the ring's loop at least each quarter of the token timeout. */
    public void ticked() {
        change(now -> current -> current.ticked(now));
    }

    /**
     * Only tokens of this ring renew the lease from now on. Terms that the epoch's state does not confirm lapse. Called on the
     * controller's loop.
     */
    public void epochOpened(long ringSequence, Collection<Long> confirmedTokens) {
        change(now -> current -> current.observed(now).inEpoch(ringSequence, confirmedTokens));
    }

    /** The ring of the epoch is gone: nothing renews the lease any more, and it runs on until it expires. */
    public void epochEnded() {
        change(now -> current -> current.observed(now).outOfEpoch());
    }

    /** A term begins; its grant is known to a quorum's disks in the open epoch. */
    public Term begin(String resource, long token) {
        change(now -> current -> current.observed(now).begin(resource, token, now));
        return new LeasedTerm(this, resource, token);
    }

    /** A term ends; it will never be held again. */
    public void end(long token) {
        change(now -> current -> current.end(token));
    }

    /** The term of this token, if it has begun and not ended; it may have lapsed. */
    public Optional<Term> term(long token) {
        return Optional.ofNullable(current().terms().get(token)).map(entry -> new LeasedTerm(this, entry, token));
    }

    /** Whether the node may act in the term of this token now. */
    public boolean isHeld(long token) {
        return observe().holds(token);
    }

    /** Whether the node may act at all (fence, for example): the lease runs and is not suspended. */
    public boolean isValid() {
        long now = clock.nanoTime();
        return observe().isValid(now);
    }

    /** What is left of the lease in nanoseconds; zero or negative if it has expired, empty if there is none. */
    public OptionalLong remainingNanos() {
        return current().remainingNanos(clock.nanoTime());
    }

    /**
     * Whether a token of the open epoch's ring has come back that was first sent at this instant or later, by {@link #clock()}:
     * after it, all members were still there.
     */
    public boolean isRenewedFrom(long sinceNanos) {
        return current().isRenewedFrom(sinceNanos);
    }

    /** When the last token of a ring was accepted, by {@link #clock()}; empty if none was, or it is too long ago to be known. */
    public OptionalLong lastVisitNanos(long ringSequence) {
        return current().lastVisits().get(ringSequence).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** Resources and tokens of the terms that have begun and not ended. */
    public Map<Long, String> terms() {
        return new TreeMap<>(current().terms());
    }

    /** Tokens of terms that have begun, not ended, and will never be held again. */
    public Set<Long> lapsed() {
        return observe().lapsed();
    }

    private LeaseState current() {
        return Objects.requireNonNull(state.get());
    }

    private LeaseState observe() {
        return change(now -> current -> current.observed(now));
    }

    /** The clock is read anew in each attempt, so that a thread that lost a race never sets back what another has seen. */
    @SuppressWarnings("ReferenceEquality")
    private LeaseState change(Change step) {
        while (true) {
            LeaseState before = current();
            LeaseState after = step.at(clock.nanoTime()).apply(before);
            if (after == before || state.compareAndSet(before, after)) {
                return after;
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        UnaryOperator<LeaseState> at(long nowNanos);
    }
}
