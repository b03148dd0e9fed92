package dev.ha4j.testkit.check;

import dev.ha4j.api.state.TermGrant;
import dev.ha4j.api.state.TermLedger;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/** T3: no term is found held once it has ended, or once this very node has applied a later grant of the same resource. */
final class TermChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<LifeId, TreeSet<Long>> ended = new TreeMap<>();
    private final TreeMap<LifeId, TermLedger> known = new TreeMap<>();

    TermChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.TermEnded over) {
            ended.computeIfAbsent(life, key -> new TreeSet<>()).add(over.token());
        } else if (step.event() instanceof Event.StateApplied applied) {
            known.put(life, applied.state().terms());
        } else if (step.event() instanceof Event.Held held) {
            held(step, life, held);
        } else if (step.event() instanceof Event.NodeDied) {
            ended.remove(life);
            known.remove(life);
        }
    }

    private void held(TraceRecord step, LifeId life, Event.Held held) {
        findings.require(
                !ended.getOrDefault(life, new TreeSet<>()).contains(held.token()),
                "T3",
                step,
                () -> life + " finds term " + held.token() + " of " + held.resource() + " held, which has ended");
        long newest = known.getOrDefault(life, TermLedger.NONE)
                .grants()
                .get(held.resource())
                .map(TermGrant::token)
                .orElse(0L);
        findings.require(
                held.token() >= newest,
                "T3",
                step,
                () -> life + " finds term " + held.token() + " of " + held.resource() + " held though it knows of "
                        + newest);
    }
}
