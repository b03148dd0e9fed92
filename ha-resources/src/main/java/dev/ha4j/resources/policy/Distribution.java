package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slots of a clone, or of a bundle, on its nodes. */
final class Distribution {
    private final Model model;
    private final Assignment assignment;
    private final Resource whole;
    private final List<Resource> instances;
    private final int max;
    private final int maxPerNode;
    private final int optimalPerNode;
    private int assigned;

    Distribution(
            Model model,
            Assignment assignment,
            Resource whole,
            List<? extends Resource> instances,
            int max,
            int maxPerNode) {
        this.model = model;
        this.assignment = assignment;
        this.whole = whole;
        this.instances = List.copyOf(instances);
        this.max = max;
        this.maxPerNode = maxPerNode;
        whole.table.clearCounts();
        int available = 0;
        for (Node node : model.nodes) {
            if (whole.table.has(node) && node.available()) {
                available++;
            }
        }
        optimalPerNode = available == 0 ? 1 : Math.max(1, max / available);
    }

    void run() {
        for (Resource instance : instances) {
            if (assigned >= max) {
                break;
            }
            if (mayStay(instance)) {
                keep(instance);
            }
        }
        for (Resource instance : instances) {
            if (!instance.unassigned) {
                continue;
            }
            if (assigned >= max) {
                instance.banEverywhere();
                model.scoreLog.note(instance, "clone-max instances have a place already");
            } else if (tryToPlace(instance, null, true) != null) {
                assigned++;
            }
        }
    }

    private boolean mayStay(Resource instance) {
        Node current = instance.current();
        return instance.unassigned
                && current != null
                && !instance.failed
                && current.available()
                && current.score >= 0
                && whole.table.count[current.index] < optimalPerNode;
    }

    private void keep(Resource instance) {
        Node current = instance.current();
        if (current != null && instance.table.usable(current) && keepOn(instance, current)) {
            whole.table.count[current.index]++;
            assigned++;
        }
    }

    /** Q: a slot that another node was about to take from this instance is kept free while it tries again. */
    private boolean keepOn(Resource instance, Node current) {
        int[] counts = whole.table.count.clone();
        int mark = model.scoreLog.mark();
        int reserved = 0;
        boolean kept = false;
        while (!kept && reserved < max - assigned) {
            Map<Resource, NodeTable> tables = new LinkedHashMap<>();
            instance.forEach(each -> tables.put(each, each.table.copy()));
            Node place = tryToPlace(instance, current, false);
            if (place == current) {
                kept = true;
            } else {
                tables.forEach((each, table) -> each.table = table);
                model.scoreLog.undo(instance, mark);
                if (place == null) {
                    instance.unassigned = true;
                    break;
                }
                reserved++;
                Assignment.unassign(instance);
            }
        }
        System.arraycopy(counts, 0, whole.table.count, 0, counts.length);
        return kept;
    }

    private @Nullable Node tryToPlace(Resource instance, @Nullable Node preferred, boolean last) {
        if (instance.assigning) {
            return null;
        }
        banFullNodes(instance);
        model.scoreLog.note(instance, "no instance more may run there (clone-node-max, or the node)");
        Node place = assignment.assign(instance, preferred, last);
        if (place != null && whole.table.has(place)) {
            whole.table.count[place.index]++;
        }
        return place;
    }

    private void banFullNodes(Resource instance) {
        for (Node node : model.nodes) {
            if (instance.table.has(node) && !takes(node, instance)) {
                instance.table.score[node.index] = -Scores.INFINITY;
                for (Resource child : instance.children()) {
                    if (child.table.has(node)) {
                        child.table.score[node.index] = -Scores.INFINITY;
                    }
                }
            }
        }
    }

    private boolean takes(Node node, Resource instance) {
        return !instance.removed
                && node.available()
                && whole.table.has(node)
                && whole.table.score(node) >= 0
                && whole.table.count[node.index] < maxPerNode;
    }
}
