package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.ORDERED;

import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the instances of a clone what is about to happen to the others, and what has. */
final class Notifications {
    private final Model model;
    private final Map<CloneResource, Map<String, Round>> rounds = new LinkedHashMap<>();

    Notifications(Model model) {
        this.model = model;
    }

    /** The events around one task: before it, and after its completion. */
    private record Round(
            String task, @Nullable Action before, @Nullable Action beforeDone, Action after, Action afterDone) {}

    void create(CloneResource clone, Action start, Action running, Action stop, Action stopped) {
        if (!clone.notify || rounds.containsKey(clone)) {
            return;
        }
        Map<String, Round> own = new LinkedHashMap<>();
        Round starting = round(clone, Tasks.START, start, running);
        Round stopping = round(clone, Tasks.STOP, stop, stopped);
        own.put(Tasks.START, starting);
        own.put(Tasks.STOP, stopping);
        orderBefore(stopping, starting);
        rounds.put(clone, own);
    }

    void createForPromotion(CloneResource clone, Action promote, Action promoted, Action demote, Action demoted) {
        Map<String, Round> own = rounds.get(clone);
        if (own == null) {
            return;
        }
        Round promotion = round(clone, Tasks.PROMOTE, promote, promoted);
        Round demotion = round(clone, Tasks.DEMOTE, demote, demoted);
        Round starting = java.util.Objects.requireNonNull(own.get(Tasks.START));
        Round stopping = java.util.Objects.requireNonNull(own.get(Tasks.STOP));
        own.put(Tasks.PROMOTE, promotion);
        own.put(Tasks.DEMOTE, demotion);
        orderBefore(stopping, promotion);
        orderBefore(starting, promotion);
        orderBefore(demotion, promotion);
        orderBefore(demotion, starting);
        orderBefore(demotion, stopping);
    }

    private static void orderBefore(Round earlier, Round later) {
        if (later.before() != null) {
            Relations.add(earlier.afterDone(), later.before(), ORDERED);
        }
    }

    private Round round(Resource resource, String task, @Nullable Action action, Action completion) {
        Action before = null;
        Action beforeDone = null;
        if (action != null) {
            before = event(resource, "pre_notify_", Tasks.NOTIFY, action, true);
            beforeDone = event(resource, "confirmed-pre_notify_", Tasks.NOTIFIED, action, true);
            Relations.add(before, beforeDone, ORDERED);
            Relations.add(beforeDone, action, ORDERED);
        }
        Action after = event(resource, "post_notify_", Tasks.NOTIFY, completion, completion.runnable);
        Action afterDone = event(resource, "confirmed-post_notify_", Tasks.NOTIFIED, completion, completion.runnable);
        after.priority = Scores.INFINITY;
        afterDone.priority = Scores.INFINITY;
        Relations.add(completion, after, FIRST_IMPLIES_THEN);
        Relations.add(after, afterDone, FIRST_IMPLIES_THEN);
        if (beforeDone != null) {
            Relations.add(beforeDone, after, ORDERED);
        }
        return new Round(task, before, beforeDone, after, afterDone);
    }

    private Action event(Resource resource, String kind, String task, Action about, boolean runnable) {
        Action event = model.actions.pseudo(resource, kind + about.task, task, about.optional, runnable);
        event.runnable = runnable;
        return event;
    }

    /** Q: the stop that a fencing implies has a round of its own, that of the fencing. */
    void afterFencing(Action stop, Primitive resource, Action fencing) {
        Round round = round(resource, Tasks.STOP, null, fencing);
        tell(resource.top(), round, new Work());
    }

    /** Makes the notifications of a clone, when it is known what will be done. */
    void tell(CloneResource clone) {
        Map<String, Round> own = rounds.get(clone);
        if (own == null) {
            return;
        }
        Work work = new Work();
        clone.forEachLeaf(work::add);
        own.values().forEach(round -> {
            if (!work.isEmpty(round.task())) {
                require(round);
            }
            tell(clone, round, work);
        });
    }

    private static void require(Round round) {
        if (round.before() != null && round.beforeDone() != null) {
            round.before().optional = false;
            round.beforeDone().optional = false;
        }
        round.after().optional = false;
        round.afterDone().optional = false;
    }

    /** Which tasks will be done. */
    private static final class Work {
        private final List<String> tasks = new ArrayList<>();

        void add(Primitive leaf) {
            for (Action action : leaf.actions) {
                Node node = action.node;
                if (action.required() && node != null) {
                    boolean counts = action.runnable || (action.is(Tasks.STOP) && node.unclean);
                    if (counts) {
                        tasks.add(action.task);
                    }
                }
            }
        }

        boolean isEmpty(String task) {
            return !tasks.contains(task);
        }
    }

    private void tell(Resource resource, Round round, Work work) {
        if (!round.task().equals(Tasks.STOP) && work.isEmpty(round.task())) {
            return;
        }
        for (Primitive leaf : resource.leaves()) {
            boolean down = round.task().equals(Tasks.STOP) || round.task().equals(Tasks.DEMOTE);
            if (down) {
                tellOfDescent(leaf, round);
            } else {
                tellOfAscent(leaf, round);
            }
        }
    }

    private void tellOfDescent(Primitive leaf, Round round) {
        if (leaf.role == Role.STOPPED) {
            return;
        }
        Action stop = Actions.first(leaf, Tasks.STOP, null);
        for (Node node : leaf.running) {
            if (stop != null && stop.pseudo && (node.unclean || node.requiresReset)) {
                continue;
            }
            tell(leaf, node, round.before(), round.beforeDone(), round.task(), "pre_notify_");
            if (round.task().equals(Tasks.DEMOTE) || stop == null || stop.optional) {
                tellAfter(leaf, node, round);
            }
        }
    }

    private void tellOfAscent(Primitive leaf, Round round) {
        Node node = leaf.assigned;
        if (leaf.nextRole == Role.STOPPED || node == null) {
            return;
        }
        Action start = Actions.first(leaf, Tasks.START, null);
        if (start != null && isCutOff(start)) {
            return;
        }
        if (round.task().equals(Tasks.PROMOTE) || start == null || start.optional) {
            tell(leaf, node, round.before(), round.beforeDone(), round.task(), "pre_notify_");
        }
        tellAfter(leaf, node, round);
    }

    /** Whether it is to be done behind a connection that can't be made. */
    private static boolean isCutOff(Action action) {
        Primitive connection = action.node == null ? null : action.node.connection;
        Action connecting = connection == null ? null : Actions.first(connection, Tasks.START, null);
        return connecting != null && !connecting.runnable;
    }

    private void tellAfter(Primitive leaf, Node node, Round round) {
        Action told = tell(leaf, node, round.after(), round.afterDone(), round.task(), "post_notify_");
        if (told != null) {
            told.priority = Scores.INFINITY;
        }
        for (Action action : leaf.actions) {
            if (action.recurring() && !action.is(Tasks.CANCEL)) {
                Relations.add(round.afterDone(), action, ORDERED);
            }
        }
    }

    private @Nullable Action tell(
            Primitive leaf, Node node, @Nullable Action event, @Nullable Action done, String task, String kind) {
        if (event == null || done == null || !node.online || !event.runnable) {
            return null;
        }
        Action told = model.actions.get(leaf, kind + task, 0, Tasks.NOTIFY, node, event.optional);
        Relations.add(event, told, ORDERED);
        Relations.add(told, done, ORDERED);
        return told;
    }
}
