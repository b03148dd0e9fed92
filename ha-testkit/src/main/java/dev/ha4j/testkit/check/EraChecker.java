package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/**
 * U3: whoever has an era on disk that was begun at an operator's word never goes on in an earlier one, whatever those know who were
 * declared down. Versions can't show that: in their order the earlier era is the older state.
 */
final class EraChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<Integer, Long> onDisk = new TreeMap<>();

    EraChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.Persisted persisted) {
            onDisk.merge(step.node(), persisted.version().era(), Math::max);
        } else if (step.event() instanceof Event.NodeStarted started && !started.diskKept()) {
            onDisk.remove(step.node());
        } else if (step.event() instanceof Event.EpochOpened opened) {
            long era = onDisk.getOrDefault(step.node(), 0L);
            findings.require(
                    opened.era() >= era,
                    "U3",
                    step,
                    () -> LifeId.of(step) + " opens epoch " + opened.epoch() + " in era " + opened.era()
                            + ", and has been in era " + era);
        }
    }
}
