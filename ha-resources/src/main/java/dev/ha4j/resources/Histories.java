package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.PersistentMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operation history, by node and by resource. Those of a later state share with it what did not change. */
final class Histories {

    static final Histories NONE = new Histories(PersistentMap.empty(), new TreeMap<>());

    private final PersistentMap<OperationKey, OperationRecord> history;
    private final SortedMap<NodeId, SortedMap<String, Runs>> runs;

    private Histories(
            PersistentMap<OperationKey, OperationRecord> history, SortedMap<NodeId, SortedMap<String, Runs>> runs) {
        this.history = history;
        this.runs = runs;
    }

    /** What was done with one resource on one node. As long as nothing else is done it is the same object. */
    static final class Runs {

        static final Runs NONE = new Runs(List.of());

        /** In the order in which they were ordered. */
        final List<Map.Entry<OperationKey, OperationRecord>> inOrder;

        final LastRole role;

        private Runs(List<Map.Entry<OperationKey, OperationRecord>> inOrder) {
            this.inOrder = inOrder;
            this.role = LastRole.of(inOrder);
        }
    }

    /** Those of a state; the less has changed since these, the less it costs. */
    Histories of(ClusterState state) {
        if (Shared.is(state.history(), history)) {
            return this;
        }
        SortedMap<NodeId, SortedSet<String>> touched = new TreeMap<>();
        state.history()
                .changesSince(history)
                .keySet()
                .forEach(key -> touched.computeIfAbsent(key.node(), node -> new TreeSet<>())
                        .add(key.resource()));
        TreeMap<NodeId, SortedMap<String, Runs>> changed = new TreeMap<>(runs);
        touched.forEach((node, resources) -> changed.put(node, changed(state, node, resources)));
        return new Histories(state.history(), changed);
    }

    private SortedMap<String, Runs> changed(ClusterState state, NodeId node, SortedSet<String> resources) {
        TreeMap<String, Runs> changed = new TreeMap<>(on(node));
        for (String resource : resources) {
            List<Map.Entry<OperationKey, OperationRecord>> inOrder = state.runs(node, resource);
            if (inOrder.isEmpty()) {
                changed.remove(resource);
            } else {
                changed.put(resource, new Runs(inOrder));
            }
        }
        return changed;
    }

    /** What was done on the node, by resource. As long as nothing else is done there it is the same object. */
    SortedMap<String, Runs> on(NodeId node) {
        return runs.getOrDefault(node, Collections.emptySortedMap());
    }

    List<Map.Entry<OperationKey, OperationRecord>> of(NodeId node, String resource) {
        return on(node).getOrDefault(resource, Runs.NONE).inOrder;
    }

    LastRole role(NodeId node, String resource) {
        return on(node).getOrDefault(resource, Runs.NONE).role;
    }
}
