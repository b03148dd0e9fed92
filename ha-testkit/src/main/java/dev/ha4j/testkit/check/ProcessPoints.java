package dev.ha4j.testkit.check;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/** Points of processes, their disks and their software. */
final class ProcessPoints implements TraceListener {

    private final Counter counter;
    private final TreeSet<Integer> running = new TreeSet<>();
    private final TreeSet<LifeId> torn = new TreeSet<>();
    private final TreeMap<LifeId, Boolean> controllers = new TreeMap<>();
    private final TreeSet<LifeId> working = new TreeSet<>();
    private final TreeMap<LifeId, StateVersion> versions = new TreeMap<>();
    private int featureLevel = 1;

    ProcessPoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.NodeStarted started) {
            running.add(step.node());
            counter.countIf(!started.diskKept(), Point.DISK_LOST);
            if (started.torn() > 0) {
                torn.add(life);
            }
        } else if (event instanceof Event.RegularInstalled installed
                && installed.members().size() > 1) {
            counter.countIf(torn.remove(life), Point.DISK_TORN);
        } else if (event instanceof Event.EpochOpened opened) {
            controllers.put(life, opened.controller().value() == step.node());
        } else if (event instanceof Event.StateApplied applied) {
            counter.countIf(applied.state().featureLevel() > featureLevel, Point.LEVEL_ROSE);
            featureLevel = applied.state().featureLevel();
            StateVersion version = applied.state().version();
            StateVersion before = versions.put(life, version);
            counter.countIf(before != null && before.index() > version.index(), Point.COMMANDS_GIVEN_UP);
            works(life, applied);
        } else if (event instanceof Event.NodeHalted) {
            counter.countIf(true, Point.NODE_HALTED);
        } else if (event instanceof Event.NodeStopped) {
            counter.countIf(true, Point.NODE_STOPPED);
        } else if (event instanceof Event.NodeDied died) {
            died(step, life, died);
        }
    }

    private void works(LifeId life, Event.StateApplied applied) {
        if (!controllers.getOrDefault(life, false)) {
            return;
        }
        boolean pending = applied.state().history().values().anyMatch(record -> record.isPending());
        if (pending) {
            working.add(life);
        } else {
            working.remove(life);
        }
    }

    private void died(TraceRecord step, LifeId life, Event.NodeDied died) {
        running.remove(step.node());
        counter.countIf(running.isEmpty(), Point.WHOLE_CLUSTER_DOWN);
        counter.countIf(died.cause().equals("left"), Point.CLEAN_LEAVE);
        boolean controlled = Boolean.TRUE.equals(controllers.remove(life));
        counter.countIf(controlled, Point.CONTROLLER_DIED);
        counter.countIf(working.remove(life) && controlled, Point.CONTROLLER_DIED_WORKING);
        torn.remove(life);
        versions.remove(life);
    }
}
