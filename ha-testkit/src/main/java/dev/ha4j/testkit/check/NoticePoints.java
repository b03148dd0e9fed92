package dev.ha4j.testkit.check;

import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeSet;

/** What instances hear of each other. */
final class NoticePoints implements TraceListener {

    private final Counter counter;
    private final TreeSet<String> died = new TreeSet<>();

    NoticePoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.NoticeHeard heard) {
            counter.countIf(heard.before(), Point.NOTICE_BEFORE);
            counter.countIf(!heard.before(), Point.NOTICE_AFTER);
            boolean ofLoss = !heard.before()
                    && heard.operation().equals("stop")
                    && heard.nodes().stream().anyMatch(died::remove);
            counter.countIf(ofLoss, Point.NOTICE_OF_LOSS);
        } else if (step.event() instanceof Event.NodeDied) {
            died.add(nameOf(step.node()));
        } else if (step.event() instanceof Event.OperationEnded ended
                && ended.operation().equals("start")) {
            died.remove(nameOf(step.node()));
        }
    }

    /** As the nodes of a swarm are called. */
    static String nameOf(int node) {
        return String.valueOf((char) ('a' + node - 1));
    }
}
