package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Ground truth of who is active where. */
public final class Holders implements TraceListener {

    private final SplittableRandom random;
    private final TreeMap<String, TreeSet<Integer>> exclusive = new TreeMap<>();

    public Holders(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            exclusive
                    .computeIfAbsent(entered.resource(), name -> new TreeSet<>())
                    .add(step.node());
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            exclusive.getOrDefault(exited.resource(), new TreeSet<>()).remove(step.node());
        } else if (event instanceof Event.NodeDied) {
            exclusive.values().forEach(nodes -> nodes.remove(step.node()));
        }
    }

    /** Nodes on which the resource is active in its exclusive role. */
    Collection<Integer> of(String resource) {
        return exclusive.getOrDefault(resource, new TreeSet<>());
    }

    /** Resources that are active in their exclusive role on this node. */
    List<String> on(NodeId node) {
        return exclusive.entrySet().stream()
                .filter(entry -> entry.getValue().contains(node.value()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One of all who hold something. */
    Optional<NodeId> any() {
        List<Integer> all = exclusive.values().stream()
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(NodeId.of(all.get(random.nextInt(all.size()))));
    }

    /** One of those on which the resource is active in its exclusive role: the one of the lowest number. */
    Optional<NodeId> oneOf(String resource) {
        return of(resource).stream().findFirst().map(NodeId::of);
    }

    Collection<String> resources() {
        return Collections.unmodifiableCollection(exclusive.keySet());
    }
}
