package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/** L5 (every request is answered) and L7 (who is told to leave does), judged when the cluster has been quiet for long enough. */
final class LeaveChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<LifeId, Long> leaving = new TreeMap<>();
    private final TreeMap<Long, Asked> asked = new TreeMap<>();

    LeaveChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.LeaveBegan) {
            leaving.putIfAbsent(LifeId.of(step), step.atNanos());
        } else if (event instanceof Event.NodeDied) {
            leaving.remove(LifeId.of(step));
            asked.values().removeIf(request -> request.by.equals(LifeId.of(step)));
        } else if (event instanceof Event.RequestMade made) {
            asked.put(made.request(), new Asked(LifeId.of(step), step.atNanos(), made.what()));
        } else if (event instanceof Event.RequestEnded ended) {
            findings.require(
                    asked.remove(ended.request()) != null,
                    "L5",
                    step,
                    () -> "request " + ended.request() + " is answered twice, or was never made");
        }
    }

    /** Nothing that began before the given instant is unfinished. */
    void judgeQuiet(long begunBeforeNanos, long nowNanos) {
        leaving.forEach((life, since) -> {
            if (since < begunBeforeNanos) {
                findings.report("L7", nowNanos, life + " was told to leave and has not left");
            }
        });
        asked.values().forEach(request -> {
            if (request.atNanos < begunBeforeNanos) {
                findings.report("L5", nowNanos, request.by + " never got an answer to " + request.what);
            }
        });
    }

    private record Asked(LifeId by, long atNanos, String what) {}
}
