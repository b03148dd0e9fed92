package dev.ha4j.testkit.check;

import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Leases, judged by true time. LS1: no term is found held later than L after the first sending of the token that came back
 * last. LS2: once it was over, it is never held again. LS3: only tokens of the ring whose
 * epoch is open count. LS4: after a pause, only a token that was first sent after it counts. X7: nor may a node without a lease
 * send a power command.
 */
final class LeaseChecker implements TraceListener {

    private static final long PER_MILLION = 1_000_000;

    private final Findings findings;
    private final long longestNanos;
    private final long pauseNanos;
    private final TreeMap<LifeId, Lease> leases = new TreeMap<>();

    /** What operators ordered a node to fence, at their own risk. */
    private final TreeSet<String> ordered = new TreeSet<>();

    LeaseChecker(LeaseRule rule, Findings findings) {
        this.findings = findings;
        this.longestNanos = slowest(rule.length().toNanos(), rule);
        this.pauseNanos = slowest(rule.pauseLimit().toNanos(), rule);
    }

    /** What this much of a node's time may take in the world at most. */
    static long slowest(long nanos, LeaseRule rule) {
        return nanos + nanos / PER_MILLION * rule.driftPartsPerMillion() + 1;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.TokenReturned token) {
            of(step).returned(token, step.atNanos());
        } else if (event instanceof Event.EpochOpened opened) {
            of(step).opened(opened.epoch(), step.atNanos());
        } else if (event instanceof Event.TermGranted granted) {
            of(step).terms.add(granted.token());
        } else if (event instanceof Event.NodeWoke woke && woke.frozenNanos() > pauseNanos) {
            of(step).pausedUntil = OptionalLong.of(step.atNanos());
        } else if (event instanceof Event.Held held) {
            held(step, held);
        } else if (event instanceof Event.NotHeld lost) {
            of(step).notHeld(lost.token(), step.atNanos());
        } else if (event instanceof Event.FenceCommand command) {
            String rule = of(step).whyNot(step.atNanos());
            findings.require(
                    rule.isEmpty() || ordered.contains(step.node() + " " + command.target()),
                    "X7",
                    step,
                    () -> LifeId.of(step) + " tells " + command.device() + " to switch off without a lease (" + rule
                            + ")");
        } else if (event instanceof Event.RequestMade made && made.what().equals("Fence")) {
            ordered.add(step.node() + " " + made.value());
        } else if (event instanceof Event.NodeDied) {
            leases.remove(LifeId.of(step));
        }
    }

    private Lease of(TraceRecord step) {
        return leases.computeIfAbsent(LifeId.of(step), life -> new Lease());
    }

    private void held(TraceRecord step, Event.Held held) {
        Lease lease = of(step);
        String rule = lease.over.contains(held.token()) ? "LS2" : lease.whyNot(step.atNanos());
        findings.require(
                rule.isEmpty(),
                rule,
                step,
                () -> LifeId.of(step) + " finds term " + held.token() + " of " + held.resource() + " held: "
                        + lease.describe(step.atNanos()));
    }

    /** What is known of one life's lease. */
    private final class Lease {
        private long epoch = -1;
        private OptionalLong inEpoch = OptionalLong.empty();
        private OptionalLong inAnyRing = OptionalLong.empty();
        private OptionalLong pausedUntil = OptionalLong.empty();
        private final TreeSet<Long> terms = new TreeSet<>();
        private final TreeSet<Long> over = new TreeSet<>();

        void returned(Event.TokenReturned token, long nowNanos) {
            latch(nowNanos);
            inAnyRing = OptionalLong.of(Math.max(inAnyRing.orElse(0), token.passedOnAtNanos()));
            if (token.ring().sequence() == epoch) {
                inEpoch = OptionalLong.of(Math.max(inEpoch.orElse(0), token.passedOnAtNanos()));
            }
        }

        void opened(long ring, long nowNanos) {
            latch(nowNanos);
            epoch = ring;
        }

        private void latch(long nowNanos) {
            if (inEpoch.isPresent() && isOver(inEpoch, nowNanos)) {
                over.addAll(terms);
            }
        }

        /** A thread that was late may suspend a lease that runs: that is no end. */
        void notHeld(long token, long nowNanos) {
            if (isOver(inEpoch, nowNanos)) {
                over.add(token);
            }
        }

        /** The rule by which nothing may be held now; empty if none forbids it. */
        String whyNot(long nowNanos) {
            if (isOver(inEpoch, nowNanos)) {
                return isOver(inAnyRing, nowNanos) ? "LS1" : "LS3";
            }
            return isPaused() ? "LS4" : "";
        }

        private boolean isPaused() {
            return pausedUntil.isPresent() && inEpoch.orElse(Long.MIN_VALUE) < pausedUntil.getAsLong();
        }

        private boolean isOver(OptionalLong since, long nowNanos) {
            return since.isEmpty() || nowNanos - since.getAsLong() > longestNanos;
        }

        String describe(long nowNanos) {
            return inEpoch.isEmpty()
                    ? "no token of the epoch's ring " + epoch + " has come back"
                    : "the last token that came back in ring " + epoch + " was sent "
                            + (nowNanos - inEpoch.getAsLong()) / PER_MILLION + " ms ago"
                            + (isPaused() ? ", before a pause" : "")
                            + (over.isEmpty() ? "" : ", and the terms " + over + " were over before");
        }
    }
}
