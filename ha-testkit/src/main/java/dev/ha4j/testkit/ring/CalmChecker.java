package dev.ha4j.testkit.ring;

import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CALM: a ring that nothing is wrong with, but on one of its links or in what outsiders do, is not given up. Outsiders may send
 * whatever they like, change single bits of datagrams (each is lost then, some in a hundred), and take up to three datagrams off
 * the wire within a detection floor, which is the soonest that a token counts as lost: a fourth could be its last repeat.
 *
 * <p>And it does not stand still: where no link loses at random, a message that was sent is delivered everywhere within some token
 * timeouts. A ring that never leaves a dead link would keep its token by repeating it on the others, and carry nothing.
 */
final class CalmChecker implements TraceListener {

    private static final int DELIVERY_TOKEN_TIMEOUTS = 3;

    private final Findings findings;
    private final int nodes;
    private final long deliveryNanos;
    private final LinkedHashMap<Long, UnderWay> underWay = new LinkedHashMap<>();
    private int inFullRing;
    private boolean watching;

    private static final class UnderWay {
        private final long sentNanos;
        private int deliveries;

        UnderWay(long sentNanos) {
            this.sentNanos = sentNanos;
        }
    }

    /**
     * Of a ring of so many.
     *
     * @param losesAtRandom whether one of its links does, so that nobody knows when something arrives
     */
    CalmChecker(Findings findings, int nodes, Duration tokenTimeout, boolean losesAtRandom) {
        this.findings = findings;
        this.nodes = nodes;
        this.deliveryNanos = losesAtRandom ? Long.MAX_VALUE : DELIVERY_TOKEN_TIMEOUTS * tokenTimeout.toNanos();
    }

    /** From now on there is no reason to gather. */
    void watch(boolean on) {
        watching = on;
        underWay.clear();
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.RegularInstalled installed) {
            inFullRing += installed.members().size() == nodes ? 1 : 0;
        } else if (watching && inFullRing >= nodes) {
            judge(step);
        }
    }

    private void judge(TraceRecord step) {
        if (step.event() instanceof Event.Gathering gathering) {
            findings.report("CALM", step.atNanos(), "n" + step.node() + " gives up its ring: " + gathering.reason());
        } else if (step.event() instanceof Event.Sent sent) {
            underWay.put(sent.digest(), new UnderWay(step.atNanos()));
        } else if (step.event() instanceof Event.Delivered delivered
                && delivered.sender().value() != step.node()) {
            delivered(delivered.digest());
        }
        for (Map.Entry<Long, UnderWay> oldest : underWay.entrySet()) {
            if (step.atNanos() - oldest.getValue().sentNanos > deliveryNanos) {
                int deliveries = oldest.getValue().deliveries;
                findings.report("CALM", step.atNanos(), "a message arrived at " + deliveries + " of " + (nodes - 1));
            }
            return;
        }
    }

    private void delivered(long digest) {
        UnderWay message = underWay.get(digest);
        if (message != null && ++message.deliveries == nodes - 1) {
            underWay.remove(digest);
        }
    }
}
