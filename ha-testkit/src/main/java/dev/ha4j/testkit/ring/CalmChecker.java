package dev.ha4j.testkit.ring;

import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;

/**
 * CALM: a ring that nothing is wrong with, but on one of its links or in what outsiders do, is not given up. Outsiders may send
 * whatever they like, change single bits of datagrams (each is lost then, some in a hundred), and take up to three datagrams off
 * the wire within a detection floor, which is the soonest that a token counts as lost: a fourth could be its last repeat.
 */
final class CalmChecker implements TraceListener {

    private final Findings findings;
    private final int nodes;
    private int inFullRing;
    private boolean watching;

    CalmChecker(Findings findings, int nodes) {
        this.findings = findings;
        this.nodes = nodes;
    }

    /** From now on there is no reason to gather. */
    void watch(boolean on) {
        watching = on;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.RegularInstalled installed) {
            inFullRing += installed.members().size() == nodes ? 1 : 0;
        } else if (step.event() instanceof Event.Gathering gathering && watching && inFullRing >= nodes) {
            findings.report("CALM", step.atNanos(), "n" + step.node() + " gives up its ring: " + gathering.reason());
        }
    }
}
