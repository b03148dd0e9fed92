package dev.ha4j.resources;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An action of a transition.
 *
 * @param id rising from 0 within its transition
 * @param action what is done
 * @param after ids of the actions that must have ended well before
 * @param priority which of the ready actions goes first; higher first
 */
public record PlannedAction(int id, Action action, SortedSet<Integer> after, int priority) {

    public PlannedAction {
        Objects.requireNonNull(action, "action");
        after = Collections.unmodifiableSortedSet(new TreeSet<>(after));
    }
}
