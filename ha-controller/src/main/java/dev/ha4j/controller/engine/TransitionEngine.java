package dev.ha4j.controller.engine;

import dev.ha4j.resources.Action;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Transition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Walks through the graph of a transition: what is ready, what is under way, what is done. */
public final class TransitionEngine {

    private final SortedMap<Integer, PlannedAction> waiting = new TreeMap<>();
    private final SortedMap<Integer, PlannedAction> underWay = new TreeMap<>();
    private final SortedSet<Integer> done = new TreeSet<>();
    private final int batchLimit;

    /** @param batchLimit operations that may be under way at one time; 0 for no limit */
    public TransitionEngine(Transition transition, int batchLimit) {
        this.batchLimit = batchLimit;
        transition.actions().forEach(action -> waiting.put(action.id(), action));
    }

    /** Takes the actions that can begin now, the most urgent first; they are under way from now on. */
    public List<PlannedAction> begin() {
        passPseudo();
        List<PlannedAction> ready = waiting.values().stream()
                .filter(this::isReady)
                .sorted(Comparator.comparingInt(PlannedAction::priority)
                        .reversed()
                        .thenComparingInt(PlannedAction::id))
                .limit(room())
                .toList();
        for (PlannedAction action : ready) {
            waiting.remove(action.id());
            underWay.put(action.id(), action);
        }
        return ready;
    }

    private boolean isReady(PlannedAction action) {
        return done.containsAll(action.after());
    }

    private long room() {
        return batchLimit <= 0 ? Long.MAX_VALUE : Math.max(0, batchLimit - underWay.size());
    }

    /** Points in the graph at which nothing is done are passed as soon as they are reached. */
    private void passPseudo() {
        boolean moved = true;
        while (moved) {
            List<PlannedAction> reached = waiting.values().stream()
                    .filter(action -> action.action() instanceof Action.Pseudo && isReady(action))
                    .toList();
            reached.forEach(action -> {
                waiting.remove(action.id());
                done.add(action.id());
            });
            moved = !reached.isEmpty();
        }
    }

    /** The action under way that fits, if any. */
    public Optional<PlannedAction> underWay(Predicate<Action> test) {
        return underWay.values().stream()
                .filter(action -> test.test(action.action()))
                .findFirst();
    }

    /** The action has ended well. */
    public void done(PlannedAction action) {
        if (underWay.remove(action.id()) != null) {
            done.add(action.id());
        }
    }

    public boolean isComplete() {
        return waiting.isEmpty() && underWay.isEmpty();
    }
}
