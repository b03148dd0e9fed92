package dev.ha4j.controller.engine;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Transition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Walks through the graph of a transition: what is ready, what is under way, what is done. To go through all of it costs as much as it
 * has actions and relations, however they follow one another.
 */
public final class TransitionEngine {

    private static final Comparator<PlannedAction> MOST_URGENT_FIRST =
            Comparator.comparingInt(PlannedAction::priority).reversed().thenComparingInt(PlannedAction::id);

    private final int batchLimit;

    /** All that has not ended. */
    private final SortedMap<Integer, PlannedAction> open = new TreeMap<>();

    private final SortedMap<Integer, List<PlannedAction>> followers = new TreeMap<>();

    /** Of each action that waits, how many others have to end before. */
    private final SortedMap<Integer, Integer> waiting = new TreeMap<>();

    private final NavigableSet<PlannedAction> ready = new TreeSet<>(MOST_URGENT_FIRST);
    private final SortedMap<Integer, PlannedAction> underWay = new TreeMap<>();
    private final SortedMap<OperationKey, PlannedAction> operations = new TreeMap<>();

    /** @param batchLimit actions that may be under way at one time; 0 for no limit */
    public TransitionEngine(Transition transition, int batchLimit) {
        this.batchLimit = batchLimit;
        for (PlannedAction action : transition.actions()) {
            open.put(action.id(), action);
            waiting.put(action.id(), action.after().size());
            action.after()
                    .forEach(before -> followers
                            .computeIfAbsent(before, id -> new ArrayList<>())
                            .add(action));
        }
        transition.actions().forEach(this::consider);
    }

    /** Takes the actions that can begin now, the most urgent first; they are under way from now on. */
    public List<PlannedAction> begin() {
        List<PlannedAction> begun = new ArrayList<>();
        while (!ready.isEmpty() && (batchLimit <= 0 || underWay.size() < batchLimit)) {
            PlannedAction action = ready.first();
            ready.remove(action);
            underWay.put(action.id(), action);
            key(action.action()).ifPresent(key -> operations.put(key, action));
            begun.add(action);
        }
        return begun;
    }

    private static Optional<OperationKey> key(Action action) {
        if (action instanceof Action.Operate operate) {
            return Optional.of(new OperationKey(
                    operate.node(), operate.resource(), operate.operation(), operate.intervalMillis()));
        }
        return action instanceof Action.Announce announce
                ? Optional.of(new OperationKey(announce.node(), announce.resource(), OperationName.NOTIFY, 0))
                : Optional.empty();
    }

    /** Points in the graph at which nothing is done are passed as soon as they are reached. */
    private void consider(PlannedAction action) {
        if (waiting.containsKey(action.id()) && isReady(action)) {
            waiting.remove(action.id());
            if (action.action() instanceof Action.Pseudo) {
                ended(action.id());
            } else {
                ready.add(action);
            }
        }
    }

    private boolean isReady(PlannedAction action) {
        return waiting.getOrDefault(action.id(), 0) == 0;
    }

    private void ended(int id) {
        open.remove(id);
        for (PlannedAction follower : followers.getOrDefault(id, List.of())) {
            waiting.computeIfPresent(follower.id(), (key, missing) -> missing - 1);
            consider(follower);
        }
    }

    /** The operation, if it is under way. */
    public Optional<PlannedAction> operationUnderWay(OperationKey key) {
        return Optional.ofNullable(operations.get(key));
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
            key(action.action()).ifPresent(key -> operations.remove(key));
            ended(action.id());
        }
    }

    public boolean isComplete() {
        return open.isEmpty();
    }
}
