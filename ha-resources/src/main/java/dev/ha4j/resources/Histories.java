package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operation history, by node and by resource; runs are in the order in which they were ordered. */
final class Histories {

    private final Map<NodeId, Map<String, List<Map.Entry<OperationKey, OperationRecord>>>> runs = new TreeMap<>();

    Histories(ClusterState state) {
        state.history()
                .forEach(run -> runs.computeIfAbsent(run.getKey().node(), node -> new LinkedHashMap<>())
                        .computeIfAbsent(run.getKey().resource(), resource -> new ArrayList<>(4))
                        .add(run));
        runs.values()
                .forEach(resources -> resources
                        .values()
                        .forEach(ofResource -> ofResource.sort(
                                Comparator.comparingLong(run -> run.getValue().callId()))));
    }

    /** What was done on the node, by resource. */
    Map<String, List<Map.Entry<OperationKey, OperationRecord>>> on(NodeId node) {
        return runs.getOrDefault(node, Map.of());
    }

    List<Map.Entry<OperationKey, OperationRecord>> of(NodeId node, String resource) {
        return on(node).getOrDefault(resource, List.of());
    }

    LastRole role(NodeId node, String resource) {
        return LastRole.of(of(node, resource));
    }
}
