package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.MultipleActive;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.Rule;
import java.util.Optional;

/** The second phase: what speaks for and against each node, for one resource at a time. */
final class NodeCriteria {

    private final ClusterModel model;
    private final Failures failures;

    NodeCriteria(ClusterModel model, Failures failures) {
        this.model = model;
        this.failures = failures;
    }

    void apply() {
        locations();
        for (PrimitiveModel leaf : model.leaves()) {
            targetRole(leaf);
            stickiness(leaf);
            failures.ban(leaf);
            inability(leaf);
            multipleActive(leaf);
        }
    }

    private void locations() {
        for (Constraint constraint : model.state.policy().constraints()) {
            if (constraint instanceof LocationConstraint location && !namesSpecialRole(location)) {
                model.find(location.resource()).ifPresent(resource -> locate(resource, location));
            }
        }
    }

    /** Locations of promoted instances choose the role and not the node. */
    static boolean namesSpecialRole(LocationConstraint location) {
        return location.role()
                .filter(role -> role == Role.PROMOTED || role == Role.STOPPED)
                .isPresent();
    }

    private void locate(ResourceModel resource, LocationConstraint location) {
        for (Rule rule : location.rules()) {
            for (NodeModel node : model.nodes) {
                if (RuleEvaluation.holds(rule.expression(), node.attributes)) {
                    add(resource, node, rule.score().value(), location.id());
                }
            }
        }
    }

    /** The first member of a group speaks for the others, which only have to be let in. */
    private static void add(ResourceModel resource, NodeModel node, int score, String reason) {
        resource.table.add(node.index, score, reason);
        boolean first = true;
        for (ResourceModel child : resource.children()) {
            add(child, node, first || resource instanceof CloneModel ? score : 0, reason);
            first = false;
        }
    }

    private void targetRole(PrimitiveModel leaf) {
        boolean failedForGood = model.nodes.stream().anyMatch(node -> leaf.at(node).lasting == OnFail.STOP);
        if (!leaf.isWanted() || failedForGood || leaf.removed) {
            leaf.next = Role.STOPPED;
        } else if (leaf.isPromotable()
                && leaf.targetRole().filter(role -> role != Role.PROMOTED).isPresent()) {
            leaf.next = Role.UNPROMOTED;
        }
    }

    private void stickiness(PrimitiveModel leaf) {
        int stickiness = leaf.stickiness(model.options.defaultStickiness());
        if (leaf.activeOn.size() == 1 && stickiness >= 1 && model.manages(leaf)) {
            NodeModel node = leaf.activeOn.get(0);
            if (leaf.table.has(node.index)) {
                leaf.table.add(node.index, stickiness, "stickiness");
            }
        }
        if (leaf.activeOn.size() == 1 && leaf.inClone().isEmpty() && Fencing.isWalled(model, leaf)) {
            leaf.table.add(leaf.activeOn.get(0).index, Score.MAX, "could not be started elsewhere now");
        }
    }

    private void inability(PrimitiveModel leaf) {
        for (NodeModel node : model.nodes) {
            LocalState state = leaf.at(node);
            if (!node.status.implemented().contains(leaf.name())) {
                leaf.table.ban(node.index, "not implemented there");
            } else if (!state.ban.isEmpty()) {
                leaf.table.ban(node.index, state.ban);
            } else if (state.lasting == OnFail.BAN) {
                leaf.table.ban(node.index, state.failure);
            }
        }
    }

    private void multipleActive(PrimitiveModel leaf) {
        if (leaf.activeOn.size() < 2) {
            return;
        }
        String reason = leaf.name() + " is active on " + leaf.activeOn + " at the same time";
        MultipleActive policy = leaf.meta.multipleActive();
        if (policy == MultipleActive.BLOCK) {
            leaf.blocked = true;
            model.blockages.add(leaf.name(), reason);
        } else if (policy == MultipleActive.STOP_ONLY) {
            leaf.table.banAll(reason);
            model.blockages.add(leaf.name(), reason);
        }
    }

    static int promotionLocation(ClusterModel model, ResourceModel clone, NodeModel node) {
        int sum = 0;
        for (Constraint constraint : model.state.policy().constraints()) {
            if (constraint instanceof LocationConstraint location
                    && location.role().equals(Optional.of(Role.PROMOTED))
                    && model.find(location.resource())
                            .filter(found -> found == clone)
                            .isPresent()) {
                for (Rule rule : location.rules()) {
                    boolean holds = RuleEvaluation.holds(rule.expression(), node.attributes);
                    sum = holds ? ScoreTable.sum(sum, rule.score().value()) : sum;
                }
            }
        }
        return sum;
    }
}
