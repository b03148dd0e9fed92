package dev.ha4j.testkit.scenario;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** What a failure has to tell: what the scenario did, and how it ended. */
final class Story implements TraceListener {

    /** Steps at the end of the trace that a failure shows. */
    private static final int LAST_STEPS = 40;

    /** Acts of the scenario that a failure shows; the first are as good as the last. */
    private static final int MAX_DEEDS = 100;

    private final IntFunction<String> names;
    private final List<TraceRecord> deeds = new ArrayList<>();
    private final Deque<TraceRecord> steps = new ArrayDeque<>();

    Story(IntFunction<String> names) {
        this.names = names;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.FaultBegan && deeds.size() < MAX_DEEDS) {
            deeds.add(step);
        }
        if (isTelling(step.event())) {
            steps.add(step);
            if (steps.size() > LAST_STEPS) {
                steps.remove();
            }
        }
    }

    private static boolean isTelling(Event event) {
        return !(event instanceof Event.Sent
                || event instanceof Event.Delivered
                || event instanceof Event.TokenReturned
                || event instanceof Event.StateApplied
                || event instanceof Event.Held
                || (event instanceof Event.Acted acted && acted.accepted())
                || (event instanceof Event.OperationBegan began
                        && began.operation().equals("monitor"))
                || (event instanceof Event.OperationEnded ended
                        && ended.operation().equals("monitor")
                        && ended.ok()));
    }

    /** Several lines; the first is empty. */
    String tell(String replay) {
        StringBuilder text = new StringBuilder("\n  replay: ").append(replay);
        text.append("\n  what the scenario did:");
        deeds.forEach(step -> text.append(line(step, ((Event.FaultBegan) step.event()).fault())));
        text.append(deeds.isEmpty() ? " nothing" : "");
        text.append("\n  how it ended:");
        steps.forEach(step -> text.append(line(step, step.event().toString())));
        return text.append('\n').toString();
    }

    private String line(TraceRecord step, String what) {
        String who = step.node() == TraceRecord.WORLD ? "-" : names.apply(step.node()) + "#" + step.life();
        return String.format(Locale.ROOT, "%n    %9.3f s  %-4s %s", step.atNanos() / 1e9, who, what);
    }
}
