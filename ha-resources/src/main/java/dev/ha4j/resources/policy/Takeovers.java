package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.RESTART;

import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.RuntimeFacts.Fencing;
import dev.ha4j.resources.config.RuntimeFacts.Obstacle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Pacemaker has no words for: a role that one node at a time may have is taken over only after each node that may still have
 * it is over, and some can't be ended now. Such a wall, and a fencing that can't be done, keep an action from being done only if
 * something requires it, as a stop that can't be done keeps the start after it.
 */
final class Takeovers {
    private final Model model;
    private final RuntimeFacts facts;
    private final Map<Node, Action> fencings = new LinkedHashMap<>();

    Takeovers(Model model) {
        this.model = model;
        facts = model.input.runtime();
    }

    void run() {
        facts.fencing().forEach((name, fencing) -> model.node(name).ifPresent(node -> fence(node, fencing)));
        coordinatorLast();
        if (facts.obstacles().isEmpty() && fencings.isEmpty()) {
            return;
        }
        Map<String, List<Primitive>> byName = new LinkedHashMap<>();
        model.leaves().stream()
                .filter(leaf -> !leaf.removed && leaf.managed)
                .forEach(leaf -> byName.computeIfAbsent(Plan.name(leaf), name -> new ArrayList<>(2))
                        .add(leaf));
        facts.obstacles()
                .forEach(obstacle ->
                        byName.getOrDefault(obstacle.primitive(), List.of()).forEach(leaf -> stand(obstacle, leaf)));
        fencings.forEach((node, fencing) -> node.running.forEach(
                leaf -> byName.getOrDefault(Plan.name(leaf), List.of()).forEach(other -> await(node, fencing, other))));
    }

    /**
     * Whether something may have been found to be impossible while relations took effect: what waits for those that are blocked by
     * it in turn may have been looked at before.
     */
    boolean mayBlock() {
        return !facts.obstacles().isEmpty() || !fencings.isEmpty();
    }

    /** A member is fenced if the engine says so; a lost node, of which it is told nothing, if the cluster does. */
    private void fence(Node node, Fencing fencing) {
        String operation = model.options.fencingAction;
        Action fence = fencing.reason() == null
                ? model.actions.fencing(node, operation)
                : model.actions.fence(node, operation, false, fencing.reason());
        if (fence != null && fence.required()) {
            fence.underWay = fencing.underWay();
            release(node, fence);
            if (fencing.impossible() != null) {
                giveUp(node, fence, fencing.impossible());
            }
            fencings.put(node, fence);
        }
    }

    /** A fencing that does not succeed holds up what may be active on its node, and not, as in Pacemaker, whatever is started. */
    private void release(Node node, Action fence) {
        for (Relation relation : fence.after) {
            Action then = relation.then;
            boolean begins = then.is(Tasks.START) || then.is(Tasks.PROMOTE);
            boolean concerned = then.resource instanceof Primitive leaf
                    && node.running.stream()
                            .anyMatch(running -> Plan.name(running).equals(Plan.name(leaf)));
            if (begins && !concerned) {
                relation.flags = 0;
            }
        }
    }

    /** What is active on a node that can't be fenced does not end. */
    private static void giveUp(Node node, Action fence, String impossible) {
        fence.runnable = false;
        fence.reason = "node " + node + " has to be fenced (" + fence.reason + "), but " + impossible;
        for (Primitive leaf : node.running) {
            for (Action action : leaf.actions) {
                if (action.isOn(node) && (action.is(Tasks.STOP) || action.is(Tasks.DEMOTE))) {
                    action.runnable = false;
                    action.reason = fence.reason;
                }
            }
        }
    }

    private void coordinatorLast() {
        fencings.forEach((node, last) -> {
            if (node.dc) {
                fencings.values().stream()
                        .filter(each -> each != last)
                        .forEach(each -> Relations.add(each, last, ORDERED));
            }
        });
    }

    private void stand(Obstacle obstacle, Primitive leaf) {
        if (obstacle.wall() != null) {
            relate(wall(obstacle), leaf);
            return;
        }
        Node node = model.node(obstacle.node()).orElse(null);
        Action fencing = node == null ? null : fencings.get(node);
        if (node != null && fencing != null) {
            await(node, fencing, leaf);
        }
    }

    private void await(Node node, Action fencing, Primitive leaf) {
        relate(fencing, leaf);
        Fencing facts = this.facts.fencing().get(node.name);
        if (facts != null && facts.insufficientFor().contains(leaf.baseId)) {
            relate(pause("what fencing " + node + " proves"), leaf);
        }
    }

    private static void relate(Action first, Primitive leaf) {
        String task = exclusiveTask(leaf);
        if (task != null) {
            leaf.actionsWithKey(task).forEach(action -> Relations.add(first, action, RESTART));
        }
    }

    /** By which an instance takes the role that one node at a time may have; null if it runs everywhere. */
    private static @Nullable String exclusiveTask(Primitive leaf) {
        CloneResource clone = leaf.clone_();
        return clone == null || clone.unique ? Tasks.START : clone.promotable ? Tasks.PROMOTE : null;
    }

    private Action wall(Obstacle obstacle) {
        Action wall = pause(obstacle.node() + " against " + obstacle.primitive());
        wall.runnable = false;
        wall.because(obstacle.wall() == null ? "" : obstacle.wall());
        return wall;
    }

    /** An event that does not come in this plan. */
    private Action pause(String name) {
        Action pause = model.actions.pseudo(name);
        pause.optional = false;
        pause.underWay = true;
        return pause;
    }
}
