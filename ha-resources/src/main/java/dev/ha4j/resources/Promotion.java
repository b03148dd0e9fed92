package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses which instances of a promotable clone are promoted. */
final class Promotion {

    private final ClusterModel model;
    private final Wishes wishes;
    private final CloneModel clone;

    /** An instance that has a node. */
    private record Candidate(ResourceModel instance, NodeModel node, int priority) {

        Role current() {
            return lead().current();
        }

        PrimitiveModel lead() {
            return instance.leaves().findFirst().orElseThrow();
        }
    }

    Promotion(ClusterModel model, Wishes wishes, CloneModel clone) {
        this.model = model;
        this.wishes = wishes;
        this.clone = clone;
    }

    /** Nodes that are good to be promoted on are good to run on. */
    void preferGoodCandidates() {
        for (ResourceModel instance : clone.instances) {
            instance.leaves().forEach(leaf -> {
                for (NodeModel node : model.nodes) {
                    Optional<Integer> score = score(leaf, node).filter(value -> value > 0);
                    if (score.isPresent() && concerns(leaf, node) && leaf.table.get(node.index) >= 0) {
                        leaf.table.add(node.index, score.get(), "promotion score");
                    }
                }
            });
        }
    }

    /** The score of a node counts for the instance that is active there; without one, for all. */
    private boolean concerns(PrimitiveModel leaf, NodeModel node) {
        return node.isAvailable()
                && (leaf.activeOn.contains(node) || !leaf.at(node).role.isActive());
    }

    private static Optional<Integer> score(PrimitiveModel leaf, NodeModel node) {
        return Optional.ofNullable(node.status.promotionScores().get(leaf.name()));
    }

    void chooseRoles() {
        List<Candidate> candidates = new ArrayList<>();
        ScoreTable total = new ScoreTable(model.nodes.size(), true);
        for (ResourceModel instance : clone.instances) {
            List<NodeModel> nodes = instance.assignedNodes();
            if (nodes.size() == 1) {
                Candidate candidate = new Candidate(instance, nodes.get(0), priority(instance, nodes.get(0)));
                candidates.add(candidate);
                explain(candidate);
                total.add(candidate.node.index, candidate.priority, "promotion score");
            }
        }
        clone.withThis.stream()
                .filter(colocation -> colocation.primaryRole().equals(Optional.of(Role.PROMOTED)))
                .forEach(colocation -> wishes.fold(colocation, total, true));
        candidates.sort(Comparator.comparingInt((Candidate c) -> c.priority < 0 ? c.priority : total.get(c.node.index))
                .reversed()
                .thenComparing(Candidate::current, Comparator.reverseOrder()));
        promote(candidates);
    }

    private void promote(List<Candidate> candidates) {
        int[] perNode = new int[model.nodes.size()];
        int promoted = 0;
        for (Candidate candidate : keepersFirst(candidates)) {
            boolean keeps = isUnmanaged(candidate) && candidate.current() == Role.PROMOTED;
            boolean may = candidate.priority >= 0
                    && !isUnmanaged(candidate)
                    && candidate.node.isAvailable()
                    && promoted < clone.options.promotedMax()
                    && perNode[candidate.node.index] < clone.options.promotedNodeMax();
            candidate.instance.leaves().forEach(leaf -> setRole(leaf, keeps || may));
            if (keeps || may) {
                promoted++;
                perNode[candidate.node.index]++;
            }
        }
    }

    /** Instances that may not be touched hold their role, and their share of it. */
    private List<Candidate> keepersFirst(List<Candidate> candidates) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(Comparator.comparingInt(candidate -> isUnmanaged(candidate) ? 0 : 1));
        return sorted;
    }

    private boolean isUnmanaged(Candidate candidate) {
        return candidate.instance.leaves().anyMatch(leaf -> !model.manages(leaf));
    }

    private static void setRole(PrimitiveModel leaf, boolean promoted) {
        if (leaf.next == null || (promoted && leaf.next.isActive())) {
            leaf.next = promoted ? Role.PROMOTED : Role.UNPROMOTED;
        }
    }

    private int priority(ResourceModel instance, NodeModel node) {
        if (instance.leaves().anyMatch(leaf -> leaf.next == Role.UNPROMOTED || leaf.next == Role.STOPPED)) {
            return Score.MIN;
        }
        int sum = 0;
        boolean any = false;
        for (PrimitiveModel leaf : instance.leaves().toList()) {
            Optional<Integer> score = score(leaf, node);
            any |= score.isPresent();
            sum = ScoreTable.sum(sum, score.orElse(0));
        }
        int priority = ScoreTable.sum(any ? sum : -1, NodeCriteria.promotionLocation(model, clone, node));
        if (instance.leaves().anyMatch(leaf -> leaf.current() == Role.PROMOTED && Fencing.isWalled(model, leaf))) {
            priority = ScoreTable.sum(priority, Score.MAX);
        }
        for (Colocation colocation : clone.thisWith) {
            priority = ScoreTable.sum(priority, roleEffect(colocation, node));
        }
        return priority;
    }

    /** What a colocation of the promoted role adds for a node. */
    private static int roleEffect(Colocation colocation, NodeModel node) {
        Optional<Role> role = colocation.dependentRole();
        if (role.isEmpty() || colocation.primary().leaves().noneMatch(leaf -> isInRole(leaf, colocation))) {
            boolean must = role.equals(Optional.of(Role.PROMOTED)) && colocation.score() >= Score.MAX;
            return must ? Score.MIN : 0;
        }
        boolean same = colocation.primary().leaves().anyMatch(leaf -> isInRole(leaf, colocation) && leaf.node == node);
        if (same) {
            return role.get() == Role.UNPROMOTED ? -colocation.score() : colocation.score();
        }
        return colocation.score() >= Score.MAX && role.get() == Role.PROMOTED ? Score.MIN : 0;
    }

    private static boolean isInRole(PrimitiveModel leaf, Colocation colocation) {
        return leaf.node != null
                && colocation.primaryRole().map(role -> role == leaf.next).orElse(true);
    }

    private void explain(Candidate candidate) {
        candidate.instance.leaves().forEach(leaf -> leaf.promotionPriority = candidate.priority);
    }
}
