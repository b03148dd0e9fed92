package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.List;
import java.util.Optional;

/** Applies the place of a primary that was assigned to the table of its dependent. */
final class ColocationRules {

    private final List<NodeModel> nodes;

    ColocationRules(List<NodeModel> nodes) {
        this.nodes = nodes;
    }

    /** Changes the table; a preference that would leave no node is not heeded. */
    void apply(Colocation colocation, PrimitiveModel dependent) {
        ScoreTable before = dependent.table.copy();
        with(colocation.primary(), colocation, dependent);
        if (!colocation.isMandatory() && !isUsable(dependent.table)) {
            dependent.table.become(before);
        }
    }

    private boolean isUsable(ScoreTable table) {
        return nodes.stream().anyMatch(node -> node.isAvailable() && table.get(node.index) >= 0);
    }

    private void with(ResourceModel primary, Colocation colocation, PrimitiveModel dependent) {
        if (!primary.assigned || isOtherRole(colocation.dependentRole(), dependent)) {
            return;
        }
        if (primary instanceof CloneModel clone) {
            withClone(clone, colocation, dependent);
        } else if (primary instanceof GroupModel group) {
            with(colocation.score() >= Score.MAX ? group.last() : group.first(), colocation, dependent);
        } else if (!isOtherRole(colocation.primaryRole(), (PrimitiveModel) primary)) {
            withPrimitive((PrimitiveModel) primary, colocation, dependent);
        }
    }

    private static boolean isOtherRole(Optional<Role> wanted, PrimitiveModel of) {
        return wanted.isPresent() && of.next != wanted.get();
    }

    private void withPrimitive(PrimitiveModel primary, Colocation colocation, PrimitiveModel dependent) {
        int score = colocation.score();
        String reason = (score < 0 ? "apart from " : "with ") + primary;
        NodeModel place = primary.node;
        for (NodeModel node : nodes) {
            if (place == null && score > 0) {
                addKnown(dependent.table, node, -score, reason + ", which can't run");
            } else if (place == node && score < Score.MAX) {
                addKnown(dependent.table, node, score, reason);
            } else if (place != null && place != node && score >= Score.MAX) {
                addKnown(dependent.table, node, Score.MIN, reason + " on " + place);
            }
        }
    }

    private void withClone(CloneModel clone, Colocation colocation, PrimitiveModel dependent) {
        Optional<NodeModel> sibling = interleavedNode(clone, colocation, dependent);
        for (NodeModel node : nodes) {
            boolean there =
                    sibling.map(only -> only == node).orElseGet(() -> runsOn(clone, node, colocation.primaryRole()));
            String reason = (colocation.score() < 0 ? "apart from " : "with ") + clone;
            if (!there && colocation.score() >= Score.MAX) {
                addKnown(dependent.table, node, Score.MIN, reason);
            } else if (there && colocation.score() < Score.MAX) {
                addKnown(dependent.table, node, colocation.score(), reason);
            } else if (there && colocation.primaryRole().isPresent()) {
                addKnown(dependent.table, node, scoreOf(clone, node), reason);
            }
        }
    }

    /** An instance of an interleaved clone cares for the other clone's instance on the node where it is. */
    private static Optional<NodeModel> interleavedNode(
            CloneModel clone, Colocation colocation, PrimitiveModel dependent) {
        boolean interleaved =
                dependent.inClone().filter(own -> own.options.interleave()).isPresent();
        if (!interleaved || colocation.primaryRole().isPresent()) {
            return Optional.empty();
        }
        return dependent.currentNode().filter(node -> runsOn(clone, node, Optional.empty()));
    }

    private static boolean runsOn(CloneModel clone, NodeModel node, Optional<Role> role) {
        return clone.leaves()
                .anyMatch(leaf -> leaf.node == node && !leaf.blocked && (role.isEmpty() || leaf.next == role.get()));
    }

    private static int scoreOf(CloneModel clone, NodeModel node) {
        return clone.leaves()
                .filter(leaf -> leaf.node == node)
                .mapToInt(leaf -> leaf.scoreWhenAssigned)
                .findFirst()
                .orElse(0);
    }

    private static void addKnown(ScoreTable table, NodeModel node, int score, String reason) {
        if (table.has(node.index)) {
            table.add(node.index, score, reason);
        }
    }
}
