package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan, and what a controller has to know to carry it out and to say why something is not where it should be.
 *
 * @param plan what is to be done
 * @param places what becomes of each instance of a primitive
 * @param blocked what would have to be done, and can't be
 * @param unavailable why nothing may be placed on a member, by its name; nodes on which something may are left out
 */
public record Decision(Plan plan, List<Place> places, List<Blocked> blocked, Map<String, String> unavailable) {

    /**
     * An action of a primitive that would have to be done, and can't be.
     *
     * @param name what its operations go by
     * @param task what
     * @param reason why not; null if that is not known
     */
    public record Blocked(
            String name, String task, @Nullable String reason) {}

    /** Plans. The result depends on its arguments alone. */
    public static Decision of(PolicyInput input, Instant now) {
        Model model = new Model(input, now);
        Plan plan = PolicyEngine.plan(model);
        List<Place> places = new ArrayList<>();
        List<Blocked> blocked = new ArrayList<>();
        for (Primitive leaf : model.leaves()) {
            places.add(Place.of(leaf));
            for (Action action : leaf.actions) {
                if (isMissing(action)) {
                    blocked.add(new Blocked(Plan.name(leaf), action.task, why(action, new LinkedHashSet<>())));
                }
            }
        }
        return new Decision(plan, List.copyOf(places), List.copyOf(blocked), unavailable(model));
    }

    private static Map<String, String> unavailable(Model model) {
        Map<String, String> unavailable = new TreeMap<>();
        for (Node node : model.nodes) {
            if (node.unclean) {
                unavailable.put(node.name, "to be fenced");
            } else if (node.standby) {
                unavailable.put(node.name, "in standby");
            } else if (node.maintenance) {
                unavailable.put(node.name, "in maintenance");
            }
        }
        return unavailable;
    }

    private static boolean isMissing(Action action) {
        return !action.inGraph
                && !action.runnable
                && action.node != null
                && !action.recurring()
                && (action.is(Tasks.START)
                        || action.is(Tasks.STOP)
                        || action.is(Tasks.PROMOTE)
                        || action.is(Tasks.DEMOTE))
                && action.resource instanceof Primitive leaf
                && ActionNotes.isWanted(leaf, action);
    }

    /** The last cause that there are words for. */
    private static @Nullable String why(Action action, Set<Action> seen) {
        if (!seen.add(action)) {
            return null;
        }
        List<Action> causes = action.before.stream()
                .filter(relation -> relation.has(ActionNotes.BLOCKING))
                .map(relation -> relation.first)
                .filter(first -> first.required() && !first.runnable)
                .toList();
        for (Action cause : causes) {
            if (cause.resource == null && cause.reason != null) {
                return cause.reason;
            }
        }
        for (Action cause : causes) {
            String why = why(cause, seen);
            if (why != null && cause.resource != null) {
                return "the " + cause.task + " of " + cause.resource.baseId
                        + (cause.node == null ? "" : " on " + cause.node) + " can't be done: " + why;
            }
        }
        return action.reason;
    }
}
