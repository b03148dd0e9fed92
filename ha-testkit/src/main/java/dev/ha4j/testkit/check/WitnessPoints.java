package dev.ha4j.testkit.check;

import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/** What becomes of a witness's votes. */
final class WitnessPoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, Long> granted = new TreeMap<>();

    WitnessPoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.DeviceVoted voted && voted.granted()) {
            granted.put(life, voted.ring());
        } else if (event instanceof Event.RegularInstalled || event instanceof Event.NodeDied) {
            granted.remove(life);
        } else if (event instanceof Event.VotesCounted counted && granted.remove(life, counted.ring())) {
            counter.countIf(counted.quorate(), Point.WITNESS_DECIDES);
            counter.countIf(!counted.quorate(), Point.WITNESS_TOO_LATE);
        }
    }
}
