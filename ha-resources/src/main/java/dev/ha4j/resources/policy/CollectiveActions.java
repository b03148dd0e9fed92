package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;

/** Events of groups, clones and bundles, after the actions of what is in them. */
final class CollectiveActions {
    private final Model model;
    private final PrimitiveActions primitives;
    private final Notifications notifications;

    CollectiveActions(Model model, Notifications notifications) {
        this.model = model;
        this.primitives = new PrimitiveActions(model);
        this.notifications = notifications;
    }

    void run() {
        model.resources.forEach(this::create);
    }

    private void create(Resource resource) {
        if (resource instanceof Primitive primitive) {
            primitives.create(primitive);
        } else if (resource instanceof Group group) {
            create(group);
        } else if (resource instanceof Bundle bundle) {
            create(bundle);
        } else {
            create((CloneResource) resource);
        }
    }

    private void create(Group group) {
        group.members.forEach(primitives::create);
        pseudo(group, Tasks.START, true);
        pseudo(group, Tasks.RUNNING, true);
        pseudo(group, Tasks.STOP, true);
        pseudo(group, Tasks.STOPPED, true);
        if (group.is("promotable") || group.promotable) {
            pseudo(group, Tasks.DEMOTE, true);
            pseudo(group, Tasks.DEMOTED, true);
            pseudo(group, Tasks.PROMOTE, true);
            pseudo(group, Tasks.PROMOTED, true);
        }
    }

    private Action pseudo(Resource resource, String task, boolean optional) {
        return model.actions.pseudo(resource, task, optional, true);
    }

    /** What the primitives of a clone are about to do. */
    private static final class State {
        boolean active;
        boolean starting;
        boolean stopping;
        boolean restarting;
        boolean promoting;
        boolean demoting;

        void add(Primitive leaf) {
            boolean starts = false;
            boolean stops = false;
            for (Action action : leaf.actions) {
                if (action.optional) {
                    continue;
                }
                starts |= action.is(Tasks.START) && action.runnable;
                stops |= action.is(Tasks.STOP) && (action.pseudo || action.runnable);
                promoting |= action.is(Tasks.PROMOTE);
                demoting |= action.is(Tasks.DEMOTE);
            }
            active |= leaf.isActive();
            starting |= starts;
            stopping |= stops;
            restarting |= starts && stops;
        }
    }

    private void create(CloneResource clone) {
        clone.instances.forEach(this::create);
        Events events = events(clone, clone.leaves());
        notifications.create(clone, events.start(), events.running(), events.stop(), events.stopped());
        if (clone.promotable) {
            createPromotion(clone);
        }
    }

    private record Events(Action start, Action running, Action stop, Action stopped) {}

    private Events events(Resource whole, List<Primitive> leaves) {
        State state = new State();
        leaves.forEach(state::add);
        Action start = pseudo(whole, Tasks.START, !state.starting);
        Action running = model.actions.pseudo(whole, Tasks.RUNNING, !state.starting, state.active || state.starting);
        running.priority = Scores.INFINITY;
        Action stop = pseudo(whole, Tasks.STOP, !state.stopping);
        Action stopped = pseudo(whole, Tasks.STOPPED, !state.stopping);
        stopped.priority = Scores.INFINITY;
        stop.migratable = !state.restarting;
        return new Events(start, running, stop, stopped);
    }

    private void create(Bundle bundle) {
        for (Bundle.Replica replica : bundle.replicas) {
            if (replica.address() != null) {
                primitives.create(replica.address());
            }
            primitives.create(replica.container());
            if (replica.connection() != null) {
                primitives.create(replica.connection());
            }
        }
        events(bundle, bundle.containers());
        CloneResource inside = bundle.inside;
        if (inside != null) {
            create(inside);
            if (inside.promotable) {
                pseudo(bundle, Tasks.PROMOTE, true);
                pseudo(bundle, Tasks.PROMOTED, true).priority = Scores.INFINITY;
                pseudo(bundle, Tasks.DEMOTE, true);
                pseudo(bundle, Tasks.DEMOTED, true).priority = Scores.INFINITY;
            }
        }
    }

    /** Q: the actions of the instances are asked for once more; what they need is judged after that. */
    private void createPromotion(CloneResource clone) {
        clone.instances.forEach(this::create);
        State state = new State();
        clone.forEachLeaf(state::add);
        Action promote = pseudo(clone, Tasks.PROMOTE, !state.promoting);
        Action promoted = pseudo(clone, Tasks.PROMOTED, !state.promoting);
        promoted.priority = Scores.INFINITY;
        Action demote = pseudo(clone, Tasks.DEMOTE, !state.demoting);
        Action demoted = pseudo(clone, Tasks.DEMOTED, !state.demoting);
        demoted.priority = Scores.INFINITY;
        notifications.createForPromotion(clone, promote, promoted, demote, demoted);
    }
}
