package dev.ha4j.api.state;

import dev.ha4j.api.state.PersistentMap.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes through two trees side by side, in the order of the keys, and passes over what they share. */
final class TreeDifference<K extends Comparable<? super K>, V> {

    private final Walk<K, V> before;
    private final Walk<K, V> after;
    private final SortedMap<K, Optional<V>> changes = new TreeMap<>();

    TreeDifference(@Nullable Tree<K, V> before, @Nullable Tree<K, V> after) {
        this.before = new Walk<>(before);
        this.after = new Walk<>(after);
    }

    /** From the first to the second: new values by key, and no value for removed keys. */
    SortedMap<K, Optional<V>> changes() {
        while (!before.isOver() && !after.isOver()) {
            step(before.ahead(), after.ahead());
        }
        before.rest().forEach(this::removed);
        after.rest().forEach(this::put);
        return changes;
    }

    private void step(Part<K, V> old, Part<K, V> now) {
        if (old.equals(now)) {
            before.pass();
            after.pass();
        } else if (old.whole && old.size() >= now.size()) {
            before.open();
        } else if (now.whole) {
            after.open();
        } else {
            compare(old.tree, now.tree);
        }
    }

    private void compare(Tree<K, V> old, Tree<K, V> now) {
        int order = old.key.compareTo(now.key);
        if (order <= 0) {
            before.pass();
        }
        if (order >= 0) {
            after.pass();
        }
        if (order < 0) {
            removed(old);
        } else if (order > 0 || !old.value.equals(now.value)) {
            put(now);
        }
    }

    private void removed(Tree<K, V> entry) {
        changes.put(entry.key, Optional.empty());
    }

    private void put(Tree<K, V> entry) {
        changes.put(entry.key, Optional.of(entry.value));
    }

    /** The whole of a tree, or the entry at its root alone. Parts are equal if they are the same, not if they look alike. */
    private record Part<K extends Comparable<? super K>, V>(Tree<K, V> tree, boolean whole) {
        int size() {
            return whole ? tree.size : 1;
        }
    }

    /** What is ahead, nearest first; trees are opened as late as possible. */
    private static final class Walk<K extends Comparable<? super K>, V> {

        private final Deque<Part<K, V>> parts = new ArrayDeque<>();

        Walk(@Nullable Tree<K, V> root) {
            push(root);
        }

        private void push(@Nullable Tree<K, V> tree) {
            if (tree != null) {
                parts.push(new Part<>(tree, true));
            }
        }

        boolean isOver() {
            return parts.isEmpty();
        }

        Part<K, V> ahead() {
            return parts.element();
        }

        void pass() {
            parts.pop();
        }

        void open() {
            Tree<K, V> tree = parts.pop().tree;
            push(tree.right);
            parts.push(new Part<>(tree, false));
            push(tree.left);
        }

        List<Tree<K, V>> rest() {
            List<Tree<K, V>> entries = new ArrayList<>();
            while (!isOver()) {
                if (ahead().whole) {
                    open();
                } else {
                    entries.add(parts.pop().tree);
                }
            }
            return entries;
        }
    }
}
