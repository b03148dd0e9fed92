package dev.ha4j.resources.policy;

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
        new Distribution(model, assignment, clone, clone.instances, clone.max, clone.maxPerNode).run();
        if (clone.promotable) {
            promotion.choose(clone);
        }
        clone.assigning = false;
        clone.unassigned = false;
        return null;
    }
}
