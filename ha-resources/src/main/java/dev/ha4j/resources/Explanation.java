package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.resources.Placement.Contribution;
import dev.ha4j.resources.Placement.NodeScore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words what the plan comes to: scores, and why things are not as they should be. */
final class Explanation {

    private final ClusterModel model;

    Explanation(ClusterModel model) {
        this.model = model;
    }

    Placement placement() {
        TreeMap<String, SortedMap<NodeId, NodeScore>> scores = new TreeMap<>();
        TreeMap<String, SortedMap<NodeId, Role>> roles = new TreeMap<>();
        for (PrimitiveModel leaf : model.leaves()) {
            if (leaf.removed) {
                continue;
            }
            scores.put(leaf.id(), scores(leaf.table));
            if (leaf.node != null && leaf.next != null && leaf.next.isActive()) {
                roles.computeIfAbsent(leaf.name(), name -> new TreeMap<>()).put(leaf.node.id, leaf.next);
            }
        }
        return new Placement(scores, roles);
    }

    private SortedMap<NodeId, NodeScore> scores(ScoreTable table) {
        TreeMap<NodeId, NodeScore> scores = new TreeMap<>();
        for (NodeModel node : model.nodes) {
            List<Contribution> parts = new ArrayList<>(table.contributions(node.index));
            int total = table.get(node.index);
            if (!table.has(node.index)) {
                parts.add(new Contribution(Score.MINUS_INFINITY, "not opted in"));
            }
            if (!node.unavailableReason().isEmpty()) {
                parts.add(new Contribution(Score.MINUS_INFINITY, node.unavailableReason()));
                total = Score.MIN;
            }
            scores.put(node.id, new NodeScore(Score.of(total), parts));
        }
        return scores;
    }

    void blockages() {
        for (ResourceModel resource : model.resources) {
            if (resource instanceof CloneModel clone && clone.options.promotable()) {
                leaderless(clone);
            }
        }
        for (PrimitiveModel leaf : model.leaves()) {
            if (!leaf.removed && leaf.isWanted() && model.manages(leaf)) {
                homeless(leaf);
                stuck(leaf);
            }
        }
    }

    private void leaderless(CloneModel clone) {
        List<PrimitiveModel> placed =
                clone.leaves().filter(leaf -> leaf.node != null).toList();
        boolean demoted = placed.stream().allMatch(leaf -> leaf.next == Role.UNPROMOTED);
        boolean wanted = placed.stream()
                .allMatch(leaf -> model.manages(leaf)
                        && leaf.targetRole()
                                .filter(role -> role != Role.PROMOTED)
                                .isEmpty());
        if (demoted && wanted && !placed.isEmpty()) {
            String scores = placed.stream()
                    .map(leaf -> leaf.node + " (" + Score.of(leaf.promotionPriority) + ")")
                    .collect(Collectors.joining(", "));
            String reason = "no instance of " + clone + " can be promoted; their scores are " + scores;
            model.blockages.add(placed.get(0).name(), reason);
        }
    }

    private void homeless(PrimitiveModel leaf) {
        boolean spare =
                leaf.inClone().filter(clone -> clone.assignedNodes().size() > 0).isPresent();
        if (leaf.node == null && !spare) {
            model.blockages.add(
                    leaf.name(), leaf.name() + " can't run anywhere: " + String.join(", ", objections(leaf)));
        }
    }

    private List<String> objections(PrimitiveModel leaf) {
        List<String> objections = new ArrayList<>();
        for (NodeModel node : model.nodes) {
            String why = node.unavailableReason();
            if (why.isEmpty()) {
                why = leaf.table.contributions(node.index).stream()
                        .filter(part -> part.score().value() < 0)
                        .map(Contribution::reason)
                        .findFirst()
                        .orElse("not opted in");
            }
            objections.add(node + " (" + why + ")");
        }
        return objections;
    }

    private void stuck(PrimitiveModel leaf) {
        Stream.of(OperationName.STOP, OperationName.START, OperationName.PROMOTE)
                .flatMap(operation -> Steps.all(leaf, operation).stream())
                .filter(step -> step.required && !step.runnable)
                .findFirst()
                .ifPresent(step -> model.blockages.add(leaf.name(), step.reason));
    }
}
