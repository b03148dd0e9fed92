package dev.ha4j.api.state;

import dev.ha4j.api.state.PersistentMap.Tree;
import java.util.Arrays;
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
        while (!before.isOver()) {
            removed(before.next());
        }
        while (!after.isOver()) {
            put(after.next());
        }
        return changes;
    }

    private void step(Tree<K, V> old, Tree<K, V> now) {
        if (old == now && before.isWhole() == after.isWhole()) {
            before.pass();
            after.pass();
        } else if (before.isWhole() && old.size >= after.size()) {
            before.open();
        } else if (after.isWhole()) {
            after.open();
        } else {
            compare(old, now);
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

    /** What is ahead: whole trees, or the entries at their roots alone. Trees are opened as late as possible. */
    private static final class Walk<K extends Comparable<? super K>, V> {

        private static final int USUAL_DEPTH = 16;

        /** The nearest is the last. */
        private @Nullable Tree<?, ?>[] trees = new Tree<?, ?>[USUAL_DEPTH];

        private boolean[] whole = new boolean[USUAL_DEPTH];
        private int count;

        Walk(@Nullable Tree<K, V> root) {
            push(root, true);
        }

        private void push(@Nullable Tree<K, V> tree, boolean all) {
            if (tree == null) {
                return;
            }
            if (count == trees.length) {
                trees = Arrays.copyOf(trees, 2 * count);
                whole = Arrays.copyOf(whole, 2 * count);
            }
            trees[count] = tree;
            whole[count++] = all;
        }

        boolean isOver() {
            return count == 0;
        }

        @SuppressWarnings("unchecked") // nothing else is pushed
        Tree<K, V> ahead() {
            return (Tree<K, V>) trees[count - 1];
        }

        boolean isWhole() {
            return whole[count - 1];
        }

        int size() {
            return isWhole() ? ahead().size : 1;
        }

        void pass() {
            count--;
        }

        void open() {
            Tree<K, V> tree = ahead();
            pass();
            push(tree.right, true);
            push(tree, false);
            push(tree.left, true);
        }

        /** The next entry, and goes on behind it. */
        Tree<K, V> next() {
            while (isWhole()) {
                open();
            }
            Tree<K, V> entry = ahead();
            pass();
            return entry;
        }
    }
}
