package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** EVS-3: what a node sent it delivers itself, or is told that it never will; one of the two, once. */
final class SelfDeliveryChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<LifeId, TreeMap<Long, Long>> open = new TreeMap<>();
    private final TreeMap<LifeId, TreeSet<Long>> ended = new TreeMap<>();

    SelfDeliveryChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Sent sent) {
            of(step).put(sent.submission(), step.atNanos());
        } else if (event instanceof Event.Delivered delivered && delivered.submission() != 0) {
            settle(step, delivered.submission());
        } else if (event instanceof Event.Indeterminate given) {
            giveUp(step, given.submission());
        } else if (event instanceof Event.NodeDied) {
            open.remove(LifeId.of(step));
            ended.remove(LifeId.of(step));
        }
    }

    private SortedMap<Long, Long> of(TraceRecord step) {
        return open.computeIfAbsent(LifeId.of(step), life -> new TreeMap<>());
    }

    /** A ring that ends gives up also what it had accepted and not sent yet; but nothing that has ended. */
    private void giveUp(TraceRecord step, long submission) {
        of(step).remove(submission);
        end(step, submission);
    }

    private void end(TraceRecord step, long submission) {
        findings.require(
                ended.computeIfAbsent(LifeId.of(step), life -> new TreeSet<>()).add(submission),
                "EVS-3",
                step,
                () -> LifeId.of(step) + " hears of its message " + submission + " twice");
    }

    private void settle(TraceRecord step, long submission) {
        end(step, submission);
        findings.require(
                of(step).remove(submission) != null,
                "EVS-3",
                step,
                () -> LifeId.of(step) + " hears of its message " + submission + " though it has none outstanding");
    }

    /** In a quiet cluster nothing that was sent before the given instant is outstanding. */
    void judgeQuiet(long sentBeforeNanos, long nowNanos) {
        open.forEach((life, messages) -> messages.forEach((submission, sentAt) -> {
            if (sentAt < sentBeforeNanos) {
                findings.report("EVS-3", nowNanos, life + " never heard what became of its message " + submission);
            }
        }));
    }
}
