package dev.ha4j.resources;

import dev.ha4j.resources.Relation.Effect;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Spreads what is required and what can't be done over the relations, until nothing changes. Required grows and runnable
 * shrinks only, so that it ends. What can't be done is found first: nothing is restarted for the sake of a step that will not
 * come.
 */
final class Propagation {

    private final Deque<Step> changed = new ArrayDeque<>();
    private boolean implies;

    void run(Steps steps) {
        steps.all.stream().filter(step -> !step.runnable).toList().forEach(this::shareLost);
        spread(steps);
        implies = true;
        spread(steps);
    }

    private void spread(Steps steps) {
        changed.addAll(steps.all);
        while (!changed.isEmpty()) {
            Step step = changed.remove();
            step.after.forEach(this::apply);
            step.before.forEach(this::apply);
        }
    }

    private void apply(Relation relation) {
        Step first = relation.first();
        Step then = relation.then();
        if (implies && relation.has(Effect.IMPLIES_THEN) && first.isInGraph()) {
            require(then, "after the " + first);
        }
        if (relation.has(Effect.IMPLIES_FIRST) && then.required) {
            require(first, "before the " + then);
        }
        if (relation.has(Effect.RESTART) && (then.required || !then.runnable)) {
            require(first, then.runnable ? "is restarted" : then.reason);
        }
        if (relation.has(Effect.BLOCKS) && !first.runnable) {
            block(then, first);
        }
        if (relation.has(Effect.BLOCKS_NEW) && !first.runnable && then.required) {
            block(then, first);
        }
        boolean missing = first.required && !first.runnable;
        if (relation.has(Effect.BLOCKS_NEEDED) && missing && then.required) {
            block(then, first);
        }
    }

    private void require(Step step, String reason) {
        if (!step.required && !step.frozen) {
            step.required(true, reason);
            changed.add(step);
        }
    }

    private void block(Step step, Step cause) {
        if (step.runnable) {
            boolean said = cause.kind != Step.Kind.OPERATE || cause.node == null;
            step.unrunnable(said ? cause.reason : "the " + cause + " can't be done: " + cause.reason);
            shareLost(step);
            changed.add(step);
        }
    }

    /** Tells those that need some of their predecessors that this one is out. */
    private void shareLost(Step step) {
        for (Relation relation : step.after) {
            Step then = relation.then();
            if (relation.has(Effect.BLOCKS_SHARE) && then.runnable && --then.spare < 0) {
                block(then, step);
            }
        }
    }
}
