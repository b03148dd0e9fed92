package dev.ha4j.resources.policy;

import dev.ha4j.resources.policy.ActionNote.Fate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says, after a plan was made, why actions are in it or not. */
final class ActionNotes {
    static final int BLOCKING = Order.UNRUNNABLE_FIRST_BLOCKS
            | Order.MINIMUM_RUNNABLE
            | Order.FIRST_IMPLIES_THEN
            | Order.UNMIGRATABLE_THEN_BLOCKS
            | Order.RESTART
            | Order.ASYMMETRIC;

    private ActionNotes() {}

    static List<ActionNote> of(Model model) {
        List<ActionNote> notes = new ArrayList<>();
        for (Action action : model.actions.all) {
            if (action.resource instanceof Primitive leaf) {
                notes.add(note(leaf, action));
            }
        }
        return List.copyOf(notes);
    }

    private static ActionNote note(Primitive leaf, Action action) {
        String node = action.node == null ? null : action.node.name;
        if (action.inGraph) {
            return new ActionNote(leaf.id, action.key(), node, Fate.PLANNED, action.reason, before(action, true));
        }
        if (!isWanted(leaf, action)) {
            return new ActionNote(leaf.id, action.key(), node, Fate.NOT_NEEDED, null, List.of());
        }
        return new ActionNote(leaf.id, action.key(), node, Fate.BLOCKED, blocker(leaf, action), before(action, false));
    }

    /** Q: what can't run is no longer required by anything; that the resource is to be there says that it was wanted. */
    static boolean isWanted(Primitive leaf, Action action) {
        if (action.required()) {
            return !action.runnable || !leaf.managed;
        }
        boolean itsPlace = action.node != null && action.node == leaf.assigned;
        boolean missing = action.is(Tasks.START)
                ? leaf.running.stream().noneMatch(action::isOn)
                : action.is(Tasks.PROMOTE) && leaf.nextRole == Role.PROMOTED && leaf.role != Role.PROMOTED;
        return itsPlace && missing && !action.runnable;
    }

    private static @Nullable String blocker(Primitive leaf, Action action) {
        if (action.reason != null) {
            return action.reason;
        }
        if (!leaf.managed) {
            return leaf.blocked ? "it failed, and is left alone (on-fail=\"block\")" : "it is not managed";
        }
        if (action.node == null) {
            return "it has no place";
        }
        if (action.needs == Action.Needs.QUORUM || action.needs == Action.Needs.FENCING) {
            return action.node.online ? null : "the node is offline";
        }
        return null;
    }

    private static List<String> before(Action action, boolean planned) {
        Set<String> names = new LinkedHashSet<>();
        for (Relation relation : action.before) {
            Action first = relation.first;
            boolean counts = planned ? first.inGraph && relation.flags != 0 : !first.runnable && relation.has(BLOCKING);
            if (counts && first != action) {
                names.add(first.toString());
            }
        }
        return List.copyOf(names);
    }
}
