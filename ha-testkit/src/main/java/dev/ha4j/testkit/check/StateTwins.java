package dev.ha4j.testkit.check;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.PersistentMap;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares states of two nodes that were equal one version before: they are equal now if the same has changed. That costs as
 * much as the changes, where a comparison of the whole costs as much as the states.
 */
final class StateTwins {

    private static final Parts STATE = Parts.of(ClusterState.class);

    private StateTwins() {}

    /** Whether two states are equal, given that the states which they were made from are. */
    static boolean haveChangedAlike(ClusterState a, ClusterState before, ClusterState b, ClusterState equalBefore) {
        return STATE.alike(a, before, b, equalBefore);
    }

    /** What a record consists of, and how each part is compared. */
    private record Parts(List<Part> all) {

        static Parts of(Class<?> type) {
            List<Part> parts = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                parts.add(new Part(
                        component.getAccessor(), holdsMaps(component.getType()) ? of(component.getType()) : null));
            }
            return new Parts(parts);
        }

        private static boolean holdsMaps(Class<?> type) {
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (component.getType() == PersistentMap.class) {
                        return true;
                    }
                }
            }
            return false;
        }

        boolean alike(Object a, Object aBefore, Object b, Object bBefore) {
            for (Part part : all) {
                if (!part.alike(part.of(a), part.of(aBefore), part.of(b), part.of(bBefore))) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Part(Method accessor, @Nullable Parts inside) {

        Object of(Object owner) {
            try {
                return Objects.requireNonNull(accessor.invoke(owner));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a state can't be read: " + accessor, e);
            }
        }

        boolean alike(Object a, Object aBefore, Object b, Object bBefore) {
            if (a == aBefore && b == bBefore) {
                return true;
            }
            if (inside != null) {
                return inside.alike(a, aBefore, b, bBefore);
            }
            return a instanceof PersistentMap<?, ?> map
                    ? changes(map, aBefore).equals(changes((PersistentMap<?, ?>) b, bBefore))
                    : a.equals(b);
        }

        @SuppressWarnings("unchecked") // both are values of one component
        private static <K extends Comparable<? super K>, V> Object changes(PersistentMap<K, V> map, Object before) {
            return map.changesSince((PersistentMap<K, V>) before);
        }
    }
}
