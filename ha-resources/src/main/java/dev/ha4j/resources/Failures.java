package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.OperationKey;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Fail counts, summed over the operations of each primitive on each node. */
final class Failures {

    private final ClusterModel model;
    private final TreeMap<String, TreeMap<Integer, Sum>> byResource = new TreeMap<>();

    /** Failures of one primitive on one node. */
    record Sum(int count, long lastMillis) {

        Sum plus(int more, long millis) {
            return new Sum(ScoreTable.sum(count, more), Math.max(lastMillis, millis));
        }
    }

    Failures(ClusterModel model) {
        this.model = model;
        Map<NodeId, Integer> indexes = new TreeMap<>();
        model.nodes.forEach(node -> indexes.put(node.id, node.index));
        for (Map.Entry<OperationKey, FailCount> entry : model.state.failures()) {
            Integer node = indexes.get(entry.getKey().node());
            if (node != null && entry.getValue().count() > 0) {
                byResource
                        .computeIfAbsent(entry.getKey().resource(), name -> new TreeMap<>())
                        .merge(node, sum(entry), (a, b) -> a.plus(b.count(), b.lastMillis()));
            }
        }
    }

    /** A failed start is fatal: the resource doesn't come back to the node before its failures are forgotten. */
    private static Sum sum(Map.Entry<OperationKey, FailCount> entry) {
        boolean fatal = entry.getKey().operation() == OperationName.START;
        FailCount failures = entry.getValue();
        return new Sum(fatal ? Score.MAX : failures.count(), failures.lastFailureMillis());
    }

    /** Keeps resources off the nodes where they failed too often, and asks for a new plan when that ends. */
    void ban(PrimitiveModel leaf) {
        long timeout = leaf.failureTimeout().toMillis();
        int threshold = leaf.migrationThreshold().value();
        byResource.getOrDefault(leaf.name(), new TreeMap<>()).forEach((node, sum) -> {
            if (!isExpired(sum, leaf.failureTimeout())) {
                if (timeout > 0) {
                    model.recheckAt(sum.lastMillis() + timeout);
                }
                if (threshold > 0 && sum.count() >= threshold) {
                    leaf.table.ban(node, "failed " + times(sum.count()));
                }
            }
        });
    }

    private static String times(int count) {
        return count >= Score.MAX ? "to start" : count == 1 ? "once" : count + " times";
    }

    private boolean isExpired(Sum sum, Duration timeout) {
        return !timeout.isZero() && sum.lastMillis() + timeout.toMillis() <= model.nowMillis;
    }

    /** Forgets what is old enough, or belongs to a resource that is gone. */
    void clear() {
        Map<String, PrimitiveModel> leaves = new TreeMap<>();
        model.leaves().stream().filter(leaf -> !leaf.removed).forEach(leaf -> leaves.putIfAbsent(leaf.name(), leaf));
        byResource.forEach((name, sums) -> sums.forEach((node, sum) -> {
            PrimitiveModel leaf = leaves.get(name);
            if (leaf == null || isExpired(sum, leaf.failureTimeout())) {
                model.steps.add(
                        Step.Kind.CLEAR_FAILURES,
                        model.nodes.get(node),
                        name,
                        OperationName.MONITOR,
                        "too old to count");
            }
        }));
    }
}
