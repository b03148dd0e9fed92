package dev.ha4j.testkit.planted;

import java.lang.reflect.Field;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What changed methods call, where a change needs more than its class shows. Public, for it is called from their packages. */
public final class PlantedValues {

    /** A permission that is never taken back. */
    public static final BooleanSupplier TRUE = () -> true;

    private static final ThreadLocal<Map<Object, SortedMap<Object, Long>>> SAID =
            ThreadLocal.withInitial(IdentityHashMap::new);

    private PlantedValues() {}

    /** Gives a replica's new epoch the acknowledgements that it heard in the one before. */
    public static void carryOver(Object replica) {
        Object epoch = ((Optional<?>) get(replica, "epoch")).orElseThrow();
        @SuppressWarnings("unchecked")
        SortedMap<Object, Long> durable = (SortedMap<Object, Long>) get(get(epoch, "acknowledgements"), "durable");
        SortedMap<Object, Long> before = SAID.get().put(replica, durable);
        if (before != null) {
            new TreeMap<>(before).forEach((node, index) -> durable.merge(node, index, Math::max));
        }
    }

    /** Sets back by one what a recovering node has delivered of its old ring. */
    public static void oneBack(Object recovery) {
        Object old = get(get(recovery, "node"), "installed");
        try {
            Field delivered = field(old.getClass(), "highDelivered");
            delivered.setLong(old, Math.max(0, delivered.getLong(old) - 1));
        } catch (IllegalAccessException e) {
            throw new LinkageError("the ring can't be changed", e);
        }
    }

    private static Object get(Object owner, String name) {
        try {
            return field(owner.getClass(), name).get(owner);
        } catch (IllegalAccessException e) {
            throw new LinkageError(owner.getClass() + " can't be read", e);
        }
    }

    private static Field field(Class<?> start, String name) {
        for (Class<?> type = start; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new LinkageError(start + " has no field " + name + " any more: the planted bug has to follow");
    }
}
