package dev.ha4j.testkit.swarm;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.World;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * L1 to L4 and C4: one ring of all, quorate, one controller, one version everywhere, each resource active once. What is missing
 * is said in words.
 */
public final class Convergence implements TraceListener {

    private final World world;
    private final Holders holders;
    private final List<String> exclusive;
    private final TreeMap<Integer, RingId> rings = new TreeMap<>();
    private final TreeMap<Integer, Integer> members = new TreeMap<>();
    private final TreeMap<Integer, Boolean> quorate = new TreeMap<>();

    /**
     * Of a world that has just been made.
     *
     * @param exclusive names of what has to be active, or promoted, exactly once
     */
    public Convergence(World world, Holders holders, List<String> exclusive) {
        this.world = world;
        this.holders = holders;
        this.exclusive = List.copyOf(exclusive);
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RegularInstalled installed) {
            rings.put(step.node(), installed.ring());
            members.put(step.node(), installed.members().size());
        } else if (event instanceof Event.QuorumChanged changed) {
            quorate.put(step.node(), changed.quorate());
        } else if (event instanceof Event.NodeDied) {
            rings.remove(step.node());
            quorate.remove(step.node());
        }
    }

    /** What keeps the cluster from being well, each with the rule that it breaks; empty if nothing does. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        int nodes = world.hosts().size();
        List<NodeProcess> running =
                world.hosts().stream().flatMap(host -> host.process().stream()).toList();
        if (running.size() < nodes) {
            missing.add("L1 only " + running.size() + " nodes run");
            return missing;
        }
        if (rings.values().stream().distinct().count() != 1
                || !members.values().stream().allMatch(n -> n == nodes)) {
            missing.add("L1 the rings are " + rings);
        }
        if (quorate.size() < nodes || quorate.containsValue(false)) {
            missing.add("L2 quorate is " + quorate);
        }
        states(running, missing);
        resources(missing);
        return missing;
    }

    private static void states(List<NodeProcess> running, List<String> missing) {
        List<ClusterState> states = running.stream()
                .flatMap(process -> process.node().stream())
                .map(node -> node.state())
                .toList();
        if (states.stream().map(ClusterState::controller).distinct().count() != 1
                || states.get(0).controller().isEmpty()) {
            missing.add("L3 controllers are "
                    + states.stream().map(ClusterState::controller).toList());
        }
        if (states.stream().map(ClusterState::version).distinct().count() != 1) {
            missing.add("C4 versions are "
                    + states.stream().map(ClusterState::version).toList());
        }
        open(states.get(0), missing);
    }

    /** What the cluster itself knows to be unfinished. */
    private static void open(ClusterState state, List<String> missing) {
        if (!state.fencing().open().isEmpty()) {
            missing.add("L4 fencing goes on: " + state.fencing().open());
        }
        List<OperationKey> pending = state.history().stream()
                .filter(entry -> entry.getValue().isPending() && entry.getKey().intervalMillis() == 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!pending.isEmpty()) {
            missing.add("L4 operations go on: " + pending);
        }
    }

    private void resources(List<String> missing) {
        for (String name : exclusive) {
            int active = holders.of(name).size();
            if (active != 1) {
                missing.add("L4 " + name + " is active on " + holders.of(name));
            }
        }
    }
}
