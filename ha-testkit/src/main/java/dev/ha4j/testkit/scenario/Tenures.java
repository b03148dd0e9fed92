package dev.ha4j.testkit.scenario;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Ground truth of who is active in exclusive roles, and of all acts. */
final class Tenures implements TraceListener {

    private final IntFunction<String> names;
    private final TreeMap<String, TreeMap<Integer, Long>> holders = new TreeMap<>();
    private final TreeMap<String, List<Act>> acts = new TreeMap<>();

    Tenures(IntFunction<String> names) {
        this.names = names;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            holders.computeIfAbsent(entered.resource(), name -> new TreeMap<>()).put(step.node(), entered.token());
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            holders.getOrDefault(exited.resource(), new TreeMap<>()).remove(step.node());
        } else if (event instanceof Event.NodeDied) {
            holders.values().forEach(all -> all.remove(step.node()));
        } else if (event instanceof Event.Acted acted) {
            Act act = new Act(
                    Duration.ofNanos(step.atNanos()),
                    names.apply(step.node()),
                    step.life(),
                    acted.token(),
                    acted.accepted());
            acts.computeIfAbsent(acted.resource(), name -> new ArrayList<>()).add(act);
        }
    }

    /** Who is active with the newest token. */
    Optional<NodeId> leader(String resource) {
        return holders.getOrDefault(resource, new TreeMap<>()).entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(holder -> NodeId.of(holder.getKey()));
    }

    Acts acts(String resource) {
        return new Acts(resource, acts.getOrDefault(resource, List.of()));
    }
}
