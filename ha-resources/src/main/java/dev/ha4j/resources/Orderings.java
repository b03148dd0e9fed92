package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.config.OrderConstraint.Kind;
import dev.ha4j.resources.Relation.Effect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Relations between the steps of different resources. */
final class Orderings {

    private final ClusterModel model;
    private final Map<String, Step> gates = new LinkedHashMap<>();

    Orderings(ClusterModel model) {
        this.model = model;
    }

    void create() {
        model.resources.stream().flatMap(r -> groupsOf(r).stream()).forEach(Orderings::members);
        model.orders().forEach(this::order);
        for (ResourceModel resource : new LinkedHashSet<>(model.byName.values())) {
            resource.thisWith.forEach(this::colocation);
        }
    }

    private static List<GroupModel> groupsOf(ResourceModel resource) {
        if (resource instanceof GroupModel group) {
            return List.of(group);
        }
        return resource instanceof CloneModel clone
                ? clone.instances.stream()
                        .filter(GroupModel.class::isInstance)
                        .map(GroupModel.class::cast)
                        .toList()
                : List.of();
    }

    private static void members(GroupModel group) {
        for (int i = 1; i < group.members.size(); i++) {
            PrimitiveModel before = group.members.get(i - 1);
            PrimitiveModel member = group.members.get(i);
            all(before, START, member, START, Effect.ORDER, Effect.IMPLIES_THEN, Effect.BLOCKS);
            all(before, PROMOTE, member, PROMOTE, Effect.ORDER, Effect.IMPLIES_THEN, Effect.BLOCKS);
            all(member, STOP, before, STOP, Effect.ORDER, Effect.BLOCKS_NEEDED);
            all(member, DEMOTE, before, DEMOTE, Effect.ORDER, Effect.BLOCKS_NEEDED);
        }
    }

    private static void all(
            PrimitiveModel first, OperationName a, PrimitiveModel then, OperationName b, Effect e, Effect... more) {
        for (Step one : Steps.all(first, a)) {
            Steps.all(then, b).forEach(two -> Steps.relate(one, two, e, more));
        }
    }

    private void order(OrderConstraint order) {
        Optional<ResourceModel> first = model.find(order.first());
        Optional<ResourceModel> then = model.find(order.then());
        if (first.isEmpty() || then.isEmpty() || first.get() == then.get()) {
            return;
        }
        relate(first.get(), order.firstAction(), then.get(), order.thenAction(), forward(order));
        if (order.symmetrical() && order.kind() != Kind.SERIALIZE) {
            Effect[] backward = order.kind() == Kind.MANDATORY ? new Effect[] {Effect.BLOCKS_NEEDED} : new Effect[] {};
            relate(then.get(), inverse(order.thenAction()), first.get(), inverse(order.firstAction()), backward);
        }
    }

    private static Effect[] forward(OrderConstraint order) {
        if (order.kind() != Kind.MANDATORY) {
            return new Effect[] {};
        }
        if (!order.symmetrical()) {
            return new Effect[] {Effect.BLOCKS_NEW};
        }
        boolean up = order.firstAction() == START || order.firstAction() == PROMOTE;
        return up ? new Effect[] {Effect.IMPLIES_THEN, Effect.BLOCKS} : new Effect[] {Effect.IMPLIES_THEN};
    }

    private static OperationName inverse(OperationName operation) {
        return switch (operation) {
            case START -> STOP;
            case STOP -> START;
            case PROMOTE -> DEMOTE;
            case DEMOTE -> PROMOTE;
            default -> operation;
        };
    }

    private void relate(ResourceModel first, OperationName a, ResourceModel then, OperationName b, Effect... effects) {
        if (isInterleaved(first, then, a)) {
            pair((CloneModel) first, a, (CloneModel) then, b, effects);
            return;
        }
        for (Step one : ends(first, a)) {
            begins(then, b).forEach(two -> Steps.relate(one, two, Effect.ORDER, effects));
        }
    }

    private static boolean isInterleaved(ResourceModel first, ResourceModel then, OperationName action) {
        if (!(first instanceof CloneModel one) || !(then instanceof CloneModel two)) {
            return false;
        }
        boolean down = action == STOP || action == DEMOTE;
        return down ? one.options.interleave() : two.options.interleave();
    }

    private static void pair(CloneModel first, OperationName a, CloneModel then, OperationName b, Effect... effects) {
        for (PrimitiveModel one : first.leaves().toList()) {
            then.leaves()
                    .filter(two -> placeOf(one, a) != null && placeOf(one, a) == placeOf(two, b))
                    .forEach(two -> all(one, a, two, b, Effect.ORDER, effects));
        }
    }

    private static @Nullable NodeModel placeOf(PrimitiveModel leaf, OperationName action) {
        boolean down = action == STOP || action == DEMOTE;
        return down ? leaf.currentNode().orElse(leaf.node) : leaf.node;
    }

    /** The steps with which an action of a resource begins. */
    private List<Step> begins(ResourceModel resource, OperationName action) {
        if (resource instanceof PrimitiveModel leaf) {
            return Steps.all(leaf, action);
        }
        if (resource instanceof GroupModel group) {
            boolean up = action == START || action == PROMOTE;
            return up ? Steps.all(group.first(), action) : leafSteps(group, action);
        }
        return List.of(gate((CloneModel) resource, action, true));
    }

    /** The steps with which an action of a resource ends. */
    private List<Step> ends(ResourceModel resource, OperationName action) {
        if (resource instanceof PrimitiveModel leaf) {
            return Steps.all(leaf, action);
        }
        if (resource instanceof GroupModel group) {
            boolean up = action == START || action == PROMOTE;
            return up ? Steps.all(group.last(), action) : leafSteps(group, action);
        }
        return List.of(gate((CloneModel) resource, action, false));
    }

    private static List<Step> leafSteps(ResourceModel resource, OperationName action) {
        return resource.leaves()
                .flatMap(leaf -> Steps.all(leaf, action).stream())
                .toList();
    }

    /** One point that all instances begin after, or that comes after all of them. */
    private Step gate(CloneModel clone, OperationName action, boolean begin) {
        String name = clone + (begin ? " may " : " did ") + ClusterModel.lower(action);
        Step known = gates.get(name);
        if (known != null) {
            return known;
        }
        Step gate = model.steps.pseudo(name);
        gates.put(name, gate);
        List<Step> steps = clone.instances.stream()
                .flatMap(i -> (begin ? begins(i, action) : ends(i, action)).stream())
                .toList();
        if (begin) {
            steps.forEach(step -> Steps.relate(gate, step, Effect.ORDER, Effect.IMPLIES_THEN, Effect.BLOCKS));
        } else {
            collect(gate, steps, clone, action == START || action == PROMOTE);
        }
        return gate;
    }

    /** It is enough if some instances get up, but all have to get down. */
    private static void collect(Step gate, List<Step> steps, CloneModel clone, boolean up) {
        if (up) {
            gate.spare = steps.size() - Math.max(1, clone.options.min());
            gate.runnable = gate.spare >= 0;
            gate.reason = "no instance of " + clone + " can run";
        }
        for (Step step : steps) {
            Effect blocks = up ? Effect.BLOCKS_SHARE : Effect.BLOCKS_NEEDED;
            Steps.relate(step, gate, Effect.ORDER, Effect.IMPLIES_THEN, blocks);
        }
    }

    private void colocation(Colocation colocation) {
        if (colocation.score() >= Score.MAX) {
            OperationName first = colocation.primaryRole().equals(Optional.of(Role.PROMOTED)) ? PROMOTE : START;
            OperationName then = colocation.dependentRole().equals(Optional.of(Role.PROMOTED)) ? PROMOTE : START;
            for (Step one : ends(colocation.primary(), first)) {
                begins(colocation.dependent(), then).forEach(two -> Steps.relate(one, two, Effect.BLOCKS));
            }
        } else if (colocation.score() <= Score.MIN) {
            apart(colocation.primary(), colocation.dependent());
            apart(colocation.dependent(), colocation.primary());
        }
    }

    /** What must not be together leaves a node before the other comes. */
    private static void apart(ResourceModel leaving, ResourceModel coming) {
        for (Step stop : leafSteps(leaving, STOP)) {
            for (Step start : leafSteps(coming, START)) {
                if (stop.node != null && stop.node == start.node) {
                    Steps.relate(stop, start, Effect.ORDER, Effect.BLOCKS_NEEDED);
                }
            }
        }
    }
}
