package dev.ha4j.resources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Spreads the instances of a clone: those that run stay where they are as far as possible. */
final class Distribution {

    private final Assignment assignment;
    private final CloneModel clone;
    private final int[] counts;
    private final List<ResourceModel> waiting = new ArrayList<>();
    private int placed;

    Distribution(ClusterModel model, Assignment assignment, CloneModel clone) {

        this.assignment = assignment;
        this.clone = clone;
        this.counts = new int[model.nodes.size()];
    }

    void run() {
        List<ResourceModel> instances = new ArrayList<>(clone.instances);
        instances.sort(Comparator.comparingInt(Distribution::eagerness));
        for (ResourceModel instance : instances) {
            assignment.prepare(head(instance));
            if (!settle(instance)) {
                waiting.add(instance);
            }
        }
        waiting.forEach(this::seat);
    }

    /** Active instances that are well first, then active ones, then the others. */
    private static int eagerness(ResourceModel instance) {
        if (instance.activeNodes().isEmpty()) {
            return 2;
        }
        return instance.leaves().anyMatch(PrimitiveModel::isFailed) ? 1 : 0;
    }

    private static PrimitiveModel head(ResourceModel instance) {
        return instance instanceof GroupModel group ? group.first() : (PrimitiveModel) instance;
    }

    /** Keeps an active instance on its node, even if others are better, as long as there are instances left for those. */
    private boolean settle(ResourceModel instance) {
        List<NodeModel> active = instance.activeNodes();
        if (active.isEmpty() || placed >= clone.limit) {
            return false;
        }
        NodeModel current = active.get(0);
        int[] reserved = counts.clone();
        for (int reservations = 0; reservations < clone.limit - placed; reservations++) {
            Optional<NodeModel> chosen = choose(instance, reserved, current);
            if (chosen.isEmpty()) {
                return false;
            }
            if (chosen.get() == current) {
                take(instance, chosen);
                return true;
            }
            reserved[chosen.get().index]++;
        }
        return false;
    }

    private void seat(ResourceModel instance) {
        boolean full = placed >= clone.limit;
        take(instance, full ? Optional.empty() : choose(instance, counts, null));
    }

    private void take(ResourceModel instance, Optional<NodeModel> node) {
        assignment.place(instance, node);
        node.ifPresent(chosen -> {
            counts[chosen.index]++;
            placed++;
        });
    }

    private Optional<NodeModel> choose(ResourceModel instance, int[] taken, @Nullable NodeModel preferred) {
        Predicate<NodeModel> permitted =
                node -> taken[node.index] < clone.options.nodeMax() && clone.table.get(node.index) >= 0;
        return assignment.choose(head(instance), permitted, preferred);
    }
}
