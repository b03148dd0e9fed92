package dev.ha4j.testkit.planted;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.PlannedAction;
import java.lang.reflect.Field;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What changed methods call, where a change needs more than its class shows. Public, for it is called from their packages. */
public final class PlantedValues {

    /** A permission that is never taken back. */
    public static final BooleanSupplier TRUE = () -> true;

    private static final Set<OperationName> DOWN =
            EnumSet.of(OperationName.STOP, OperationName.DEMOTE, OperationName.MIGRATE_TO);
    private static final Set<OperationName> UP =
            EnumSet.of(OperationName.START, OperationName.PROMOTE, OperationName.MIGRATE_FROM);

    private PlantedValues() {}

    /** Takes what was offered for what is durable in a replica's new epoch. */
    @SuppressWarnings("unchecked")
    public static void countOffers(Object replica, Object exchange) {
        Object epoch = ((Optional<?>) get(replica, "epoch")).orElseThrow();
        SortedMap<NodeId, Long> durable = (SortedMap<NodeId, Long>) get(get(epoch, "acknowledgements"), "durable");
        SortedMap<NodeId, ?> offers = (SortedMap<NodeId, ?>) get(exchange, "offers");
        offers.forEach((node, offer) -> durable.merge(node, offered(offer).index(), Math::max));
    }

    /** The version of the state that a member offers. */
    public static StateVersion offered(Object offer) {
        return (StateVersion) get(offer, "version");
    }

    /** Whether all that the action waits for takes its resource down on other nodes. */
    @SuppressWarnings("unchecked")
    public static boolean waitsForHandover(Object engine, PlannedAction action) {
        SortedMap<Integer, PlannedAction> open = (SortedMap<Integer, PlannedAction>) get(engine, "open");
        return action.after().stream()
                .flatMap(id -> Stream.ofNullable(open.get(id)))
                .allMatch(first -> isHandover(first.action(), action.action()));
    }

    private static boolean isHandover(Action first, Action then) {
        return first instanceof Action.Operate down
                && then instanceof Action.Operate up
                && DOWN.contains(down.operation())
                && UP.contains(up.operation())
                && down.resource().equals(up.resource())
                && !down.node().equals(up.node());
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

    /** Whether the ring is the one that was installed, and its successor is being recovered. */
    public static boolean isRecovered(Object protocol, Object ring) {
        boolean recovering = get(protocol, "state").getClass().getSimpleName().equals("Recovery");
        return recovering && get(protocol, "installed") == ring;
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
