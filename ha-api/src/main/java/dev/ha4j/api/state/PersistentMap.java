package dev.ha4j.api.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: a change costs O(log n) and shares the rest with the map that it was made from. Iteration is in
 * the order of the keys, so that it is the same on every node.
 */
public final class PersistentMap<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {

    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null);

    private final @Nullable Tree<K, V> root;

    private PersistentMap(@Nullable Tree<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    public int size() {
        return Tree.size(root);
    }

    public boolean isEmpty() {
        return root == null;
    }

    public boolean containsKey(K key) {
        return find(key) != null;
    }

    public Optional<V> get(K key) {
        Tree<K, V> found = find(key);
        return found == null ? Optional.empty() : Optional.of(found.value);
    }

    public V getOrDefault(K key, V other) {
        Tree<K, V> found = find(key);
        return found == null ? other : found.value;
    }

    public PersistentMap<K, V> put(K key, V value) {
        return new PersistentMap<>(Tree.put(root, key, value));
    }

    public PersistentMap<K, V> remove(K key) {
        return containsKey(key) ? new PersistentMap<>(Tree.remove(root, key)) : this;
    }

    /** Replaces the value of a key that is there; without it, this map. */
    public PersistentMap<K, V> update(K key, UnaryOperator<V> change) {
        Tree<K, V> found = find(key);
        return found == null ? this : put(key, change.apply(found.value));
    }

    /** This map without the entries for which the test is true. */
    public PersistentMap<K, V> removeIf(BiPredicate<? super K, ? super V> test) {
        PersistentMap<K, V> result = this;
        for (Map.Entry<K, V> entry : this) {
            if (test.test(entry.getKey(), entry.getValue())) {
                result = result.remove(entry.getKey());
            }
        }
        return result;
    }

    public Optional<Map.Entry<K, V>> first() {
        Iterator<Map.Entry<K, V>> entries = iterator();
        return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }

    public Stream<Map.Entry<K, V>> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** The entries from this key on, in order. What comes before them costs nothing. */
    public Stream<Map.Entry<K, V>> from(K first) {
        Iterator<Map.Entry<K, V>> entries = new InOrder<>(root, first);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false);
    }

    public Stream<K> keys() {
        return stream().map(Map.Entry::getKey);
    }

    public Stream<V> values() {
        return stream().map(Map.Entry::getValue);
    }

    /**
     * What has to be put into the earlier map, or removed from it, to make this one; a removed key has no value. If this map was
     * made from the earlier one, it costs about as much as the changes, not as the maps.
     */
    public SortedMap<K, Optional<V>> changesSince(PersistentMap<K, V> earlier) {
        return new TreeDifference<>(earlier.root, root).changes();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return new InOrder<>(root);
    }

    private @Nullable Tree<K, V> find(K key) {
        Tree<K, V> at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return at;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof PersistentMap<?, ?> that) || size() != that.size()) {
            return false;
        }
        if (root == that.root) {
            return true;
        }
        Iterator<? extends Map.Entry<?, ?>> theirs = that.iterator();
        for (Map.Entry<K, V> entry : this) {
            if (!entry.equals(theirs.next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<K, V> entry : this) {
            hash = 31 * hash + entry.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Map.Entry<K, V> entry : this) {
            text.append(text.length() > 1 ? ", " : "").append(entry);
        }
        return text.append('}').toString();
    }

    /** A node of an AVL tree, and the tree below it. */
    static final class Tree<K extends Comparable<? super K>, V> {

        final K key;
        final V value;
        final @Nullable Tree<K, V> left;
        final @Nullable Tree<K, V> right;
        final int height;
        final int size;

        Tree(K key, V value, @Nullable Tree<K, V> left, @Nullable Tree<K, V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = 1 + size(left) + size(right);
        }

        static int height(@Nullable Tree<?, ?> tree) {
            return tree == null ? 0 : tree.height;
        }

        static int size(@Nullable Tree<?, ?> tree) {
            return tree == null ? 0 : tree.size;
        }

        static <K extends Comparable<? super K>, V> Tree<K, V> put(@Nullable Tree<K, V> tree, K key, V value) {
            if (tree == null) {
                return new Tree<>(key, value, null, null);
            }
            int order = key.compareTo(tree.key);
            if (order == 0) {
                return new Tree<>(key, value, tree.left, tree.right);
            }
            return order < 0
                    ? balanced(tree, put(tree.left, key, value), tree.right)
                    : balanced(tree, tree.left, put(tree.right, key, value));
        }

        static <K extends Comparable<? super K>, V> @Nullable Tree<K, V> remove(@Nullable Tree<K, V> tree, K key) {
            if (tree == null) {
                return null;
            }
            int order = key.compareTo(tree.key);
            if (order < 0) {
                return balanced(tree, remove(tree.left, key), tree.right);
            }
            if (order > 0) {
                return balanced(tree, tree.left, remove(tree.right, key));
            }
            if (tree.left == null || tree.right == null) {
                return tree.left == null ? tree.right : tree.left;
            }
            Tree<K, V> successor = tree.right;
            while (successor.left != null) {
                successor = successor.left;
            }
            return balanced(successor, tree.left, remove(tree.right, successor.key));
        }

        private static <K extends Comparable<? super K>, V> Tree<K, V> balanced(
                Tree<K, V> middle, @Nullable Tree<K, V> left, @Nullable Tree<K, V> right) {
            int lean = height(left) - height(right);
            if (lean > 1 && left != null) {
                return leftHeavy(middle, left, right);
            }
            if (lean < -1 && right != null) {
                return rightHeavy(middle, left, right);
            }
            return new Tree<>(middle.key, middle.value, left, right);
        }

        private static <K extends Comparable<? super K>, V> Tree<K, V> leftHeavy(
                Tree<K, V> middle, Tree<K, V> left, @Nullable Tree<K, V> right) {
            Tree<K, V> inner = left.right;
            if (inner == null || height(left.left) >= inner.height) {
                Tree<K, V> lowered = new Tree<>(middle.key, middle.value, inner, right);
                return new Tree<>(left.key, left.value, left.left, lowered);
            }
            Tree<K, V> newLeft = new Tree<>(left.key, left.value, left.left, inner.left);
            Tree<K, V> newRight = new Tree<>(middle.key, middle.value, inner.right, right);
            return new Tree<>(inner.key, inner.value, newLeft, newRight);
        }

        private static <K extends Comparable<? super K>, V> Tree<K, V> rightHeavy(
                Tree<K, V> middle, @Nullable Tree<K, V> left, Tree<K, V> right) {
            Tree<K, V> inner = right.left;
            if (inner == null || height(right.right) >= inner.height) {
                Tree<K, V> lowered = new Tree<>(middle.key, middle.value, left, inner);
                return new Tree<>(right.key, right.value, lowered, right.right);
            }
            Tree<K, V> newLeft = new Tree<>(middle.key, middle.value, left, inner.left);
            Tree<K, V> newRight = new Tree<>(right.key, right.value, inner.right, right.right);
            return new Tree<>(inner.key, inner.value, newLeft, newRight);
        }
    }

    private static final class InOrder<K extends Comparable<? super K>, V> implements Iterator<Map.Entry<K, V>> {

        private final Deque<Tree<K, V>> path = new ArrayDeque<>();

        InOrder(@Nullable Tree<K, V> root) {
            descend(root);
        }

        InOrder(@Nullable Tree<K, V> root, K first) {
            Tree<K, V> at = root;
            while (at != null) {
                boolean before = at.key.compareTo(first) < 0;
                if (!before) {
                    path.push(at);
                }
                at = before ? at.right : at.left;
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Map.Entry<K, V> next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Tree<K, V> tree = path.pop();
            descend(tree.right);
            return Map.entry(tree.key, tree.value);
        }

        private void descend(@Nullable Tree<K, V> tree) {
            for (Tree<K, V> at = tree; at != null; at = at.left) {
                path.push(at);
            }
        }
    }
}
