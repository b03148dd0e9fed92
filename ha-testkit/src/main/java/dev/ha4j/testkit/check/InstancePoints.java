package dev.ha4j.testkit.check;

import dev.ha4j.api.config.InstanceName;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/** What instances come to that differ from the others of their clone. */
final class InstancePoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, TreeSet<String>> active = new TreeMap<>();
    private final TreeMap<String, Integer> lastHolders = new TreeMap<>();

    InstancePoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.RoleEntered entered) {
            entered(step.node(), life, InstanceName.parse(entered.resource()));
        } else if (step.event() instanceof Event.RoleExited exited) {
            active.getOrDefault(life, new TreeSet<>()).remove(exited.resource());
        } else if (step.event() instanceof Event.NodeDied) {
            active.remove(life);
        }
    }

    private void entered(int node, LifeId life, InstanceName name) {
        if (name.number().isEmpty()) {
            return;
        }
        TreeSet<String> here = active.computeIfAbsent(life, key -> new TreeSet<>());
        here.add(name.toString());
        long together = here.stream()
                .filter(other -> InstanceName.primitiveOf(other).equals(name.primitive()))
                .count();
        counter.countIf(together > 1, Point.INSTANCES_TOGETHER);
        Integer before = lastHolders.put(name.toString(), node);
        counter.countIf(before != null && before != node, Point.INSTANCE_TAKEN_OVER);
    }
}
