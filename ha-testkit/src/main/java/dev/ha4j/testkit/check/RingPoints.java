package dev.ha4j.testkit.check;

import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Points of the ring and of quorum. */
final class RingPoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, RingId> forming = new TreeMap<>();
    private final TreeMap<Integer, RingId> rings = new TreeMap<>();
    private final TreeSet<Integer> running = new TreeSet<>();
    private final TreeMap<Integer, Integer> levels = new TreeMap<>();
    private boolean blackout;

    RingPoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.TransitionalInstalled installed) {
            counter.countIf(installed.members().size() > 1, Point.TRANSITIONAL_OF_SEVERAL);
        } else if (event instanceof Event.RegularInstalled installed) {
            regular(step, installed);
        } else if (event instanceof Event.Forming ring) {
            RingId before = forming.put(life, ring.ring());
            counter.countIf(before != null && !before.equals(ring.ring()), Point.COMMIT_TOKEN_LOST);
        } else if (event instanceof Event.OldMessageRepeated) {
            counter.countIf(true, Point.OLD_MESSAGES_REPEATED);
        } else if (event instanceof Event.Gathering gathering) {
            counter.countIf(gathering.reason().equals("token lost"), Point.TOKEN_LOST);
        } else if (event instanceof Event.Delivered delivered) {
            counter.countIf(delivered.inTransitional(), Point.DELIVERED_IN_TRANSITIONAL);
            counter.countIf(delivered.safe(), Point.SAFE_DELIVERED);
        } else if (event instanceof Event.Indeterminate) {
            counter.countIf(true, Point.MESSAGE_GIVEN_UP);
        } else if (event instanceof Event.QuorumChanged changed && !changed.quorate()) {
            counter.countIf(true, Point.QUORUM_LOST);
            counter.countIf(changed.explanation().contains("waiting for all"), Point.WAITING_FOR_ALL);
        } else if (event instanceof Event.NodeStarted started) {
            running.add(step.node());
            levels.put(step.node(), started.featureLevel());
        } else if (event instanceof Event.NodeDied) {
            running.remove(step.node());
            rings.remove(step.node());
            forming.remove(life);
            blackout |= running.isEmpty();
        }
    }

    private void regular(TraceRecord step, Event.RegularInstalled installed) {
        boolean several = installed.members().size() > 1;
        counter.countIf(several && !installed.joined().isEmpty(), Point.MERGE_OF_SEVERAL);
        counter.countIf(merged(installed) > 2, Point.MERGE_OF_THREE);
        rings.put(step.node(), installed.ring());
        counter.countIf(several && step.life() > 1, Point.RING_AFTER_RESTART);
        counter.countIf(several && blackout, Point.RING_AFTER_BLACKOUT);
        long kinds = installed.members().stream()
                .map(member -> levels.getOrDefault(member.value(), 1))
                .distinct()
                .count();
        counter.countIf(kinds > 1, Point.LEVELS_MIXED);
        blackout &= !several;
        forming.remove(LifeId.of(step));
    }

    /** How many rings come together, as the first one sees it who installs the new one. */
    private long merged(Event.RegularInstalled installed) {
        SortedSet<RingId> before = installed.members().stream()
                .flatMap(member -> Stream.ofNullable(rings.get(member.value())))
                .collect(Collectors.toCollection(TreeSet::new));
        return before.contains(installed.ring()) ? 0 : before.size();
    }
}
