package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the instances of a clone their nodes: first those that can stay, then the others. */
final class CloneAssignment {
    private final Model model;
    private final Assignment assignment;
    private final Promotion promotion;

    CloneAssignment(Model model, Assignment assignment, ColocationEffects effects) {
        this.model = model;
        this.assignment = assignment;
        this.promotion = new Promotion(model, effects);
    }

    @Nullable
    Node assign(CloneResource clone, @Nullable Node preferred, boolean last) {
        if (!clone.unassigned || clone.assigning) {
            return null;
        }
        clone.assigning = true;
        if (clone.promotable) {
            promotion.addScores(clone);
            model.scoreLog.note(clone, "promotion score");
        }
        for (Colocation colocation : ColocationLists.withOthers(clone)) {
            assignment.assign(colocation.primary(), preferred, last);
        }
        for (Colocation colocation : ColocationLists.othersWith(clone)) {
            assignment.hear(clone, colocation);
        }
        model.scoreLog.assigning(ScoreLog.Kind.CLONE, clone);
        MergeSort.sort(clone.instances, InstanceOrder::compare);
        new Distribution(clone).run();
        if (clone.promotable) {
            promotion.choose(clone);
        }
        clone.assigning = false;
        clone.unassigned = false;
        return null;
    }

    /** One clone's slots. */
    private final class Distribution {
        private final CloneResource clone;
        private final int optimalPerNode;
        private int assigned;

        Distribution(CloneResource clone) {
            this.clone = clone;
            clone.table.clearCounts();
            int available = 0;
            for (Node node : model.nodes) {
                if (clone.table.has(node) && node.available()) {
                    available++;
                }
            }
            optimalPerNode = available == 0 ? 1 : Math.max(1, clone.max / available);
        }

        void run() {
            for (Resource instance : List.copyOf(clone.instances)) {
                if (assigned >= clone.max) {
                    break;
                }
                if (mayStay(instance)) {
                    keep(instance);
                }
            }
            for (Resource instance : List.copyOf(clone.instances)) {
                if (!instance.unassigned) {
                    continue;
                }
                if (assigned >= clone.max) {
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
                    && clone.table.count[current.index] < optimalPerNode;
        }

        private void keep(Resource instance) {
            Node current = instance.current();
            if (current != null && instance.table.usable(current) && keepOn(instance, current)) {
                clone.table.count[current.index]++;
                assigned++;
            }
        }

        /** Q: a slot that another node was about to take from this instance is kept free while it tries again. */
        private boolean keepOn(Resource instance, Node current) {
            int[] counts = clone.table.count.clone();
            int mark = model.scoreLog.mark();
            int reserved = 0;
            boolean kept = false;
            while (!kept && reserved < clone.max - assigned) {
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
            System.arraycopy(counts, 0, clone.table.count, 0, counts.length);
            return kept;
        }

        private @Nullable Node tryToPlace(Resource instance, @Nullable Node preferred, boolean last) {
            if (instance.assigning) {
                return null;
            }
            banFullNodes(instance);
            model.scoreLog.note(instance, "no instance more may run there (clone-node-max, or the node)");
            Node place = assignment.assign(instance, preferred, last);
            if (place != null && clone.table.has(place)) {
                clone.table.count[place.index]++;
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
                    && clone.table.has(node)
                    && clone.table.score(node) >= 0
                    && clone.table.count[node.index] < clone.maxPerNode;
        }
    }
}
