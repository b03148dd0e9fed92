package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes actions, each one once, and finds them. */
final class Actions {
    private final Model model;

    /** In order of creation. */
    final List<Action> all = new ArrayList<>();

    private final Map<String, Action> ofCluster = new LinkedHashMap<>();

    Actions(Model model) {
        this.model = model;
    }

    /**
     * The action with this key on this node, made if it is not there. Q: each call updates anew whether it is optional and can
     * run, and gives a node to an action that has none.
     */
    Action get(Resource resource, String task, @Nullable Node node, boolean optional) {
        return get(resource, task, 0, task, node, optional);
    }

    Action get(
            Resource resource,
            String keyTask,
            long intervalMillis,
            String task,
            @Nullable Node node,
            boolean optional) {
        Action action = find(resource, keyTask, intervalMillis, node);
        if (action == null) {
            action = new Action(all.size() + 1, resource, keyTask, intervalMillis, task, node);
            action.optional = optional;
            action.needs = needs(resource, task);
            all.add(action);
            resource.add(action);
        }
        updateOptional(action, optional);
        updateRunnable(action);
        return action;
    }

    private static Action.Needs needs(Resource resource, String task) {
        if (!(resource instanceof Primitive primitive) || !(task.equals(Tasks.START) || task.equals(Tasks.PROMOTE))) {
            return Action.Needs.NOTHING;
        }
        return primitive.needsFencing
                ? Action.Needs.FENCING
                : primitive.needsQuorum ? Action.Needs.QUORUM : Action.Needs.NOTHING;
    }

    private static void updateOptional(Action action, boolean optional) {
        boolean untouchable = action.resource != null
                && action.node != null
                && !action.pseudo
                && !action.resource.managed
                && !action.recurring();
        if (untouchable) {
            action.optional = true;
        } else if (!optional) {
            action.optional = false;
        }
    }

    private void updateRunnable(Action action) {
        Resource resource = action.resource;
        if (action.pseudo || resource == null) {
            return;
        }
        Node node = action.node;
        if (node == null) {
            action.runnable = false;
        } else if (!action.onCoordinator && !node.online && !(node.isGuest() && !node.requiresReset)) {
            action.runnable = false;
            action.because("node is offline");
            if (resource.managed && action.is(Tasks.STOP) && !node.unclean) {
                markForFencing(node, "stop is unrunnable");
            }
        } else if (!action.onCoordinator && node.pending) {
            action.runnable = false;
            action.because("node is pending");
        } else if (action.needs == Action.Needs.NOTHING) {
            action.reason = null;
            action.runnable = !node.isGuest() || model.canFence(node);
        } else {
            updateByQuorum(action, resource);
        }
    }

    private void updateByQuorum(Action action, Resource resource) {
        Options.QuorumPolicy policy = model.quorate ? Options.QuorumPolicy.IGNORE : model.options.quorumPolicy;
        if (policy == Options.QuorumPolicy.DEMOTE) {
            boolean demotable = resource.role == Role.PROMOTED || resource.role == Role.UNPROMOTED;
            if (demotable && resource.nextRole.isAbove(Role.UNPROMOTED)) {
                resource.nextRole = Role.UNPROMOTED;
            }
            policy = demotable ? Options.QuorumPolicy.IGNORE : Options.QuorumPolicy.STOP;
        }
        if (policy == Options.QuorumPolicy.STOP) {
            action.runnable = false;
            action.reason = "no quorum";
        } else if (policy == Options.QuorumPolicy.FREEZE
                && (!resource.isActive() || resource.nextRole.isAbove(resource.role))) {
            action.runnable = false;
            action.reason = "quorum freeze";
        } else {
            action.runnable = true;
        }
    }

    /** The oldest action with this key; one without a node takes the node that is asked for. */
    @Nullable
    Action find(Resource resource, String keyTask, long intervalMillis, @Nullable Node node) {
        for (Action action : resource.actionsWithKey(keyTask)) {
            if (action.intervalMillis == intervalMillis) {
                if (node == null || action.node == node) {
                    return action;
                }
                if (action.node == null) {
                    action.node = node;
                    return action;
                }
            }
        }
        return null;
    }

    /** All actions with this key, oldest first; those without a node take the node that is asked for. */
    static List<Action> findAll(Resource resource, String keyTask, long intervalMillis, @Nullable Node node) {
        List<Action> candidates = resource.actionsWithKey(keyTask);
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Action> found = new ArrayList<>(2);
        for (Action action : candidates) {
            if (action.intervalMillis == intervalMillis) {
                if (node != null && action.node == null) {
                    action.node = node;
                }
                if (node == null || action.node == node) {
                    found.add(action);
                }
            }
        }
        return found;
    }

    static List<Action> findAll(Resource resource, String task, @Nullable Node node) {
        return findAll(resource, task, 0, node);
    }

    /** All actions with this key that are on this node already, oldest first. */
    static List<Action> findExactly(Resource resource, String keyTask, long intervalMillis, Node node) {
        List<Action> candidates = resource.actionsWithKey(keyTask);
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Action> found = new ArrayList<>(2);
        for (Action action : candidates) {
            if (action.node == node && action.intervalMillis == intervalMillis) {
                found.add(action);
            }
        }
        return found;
    }

    /** The newest action with this task. */
    static @Nullable Action first(Resource resource, String task, @Nullable Node node) {
        for (int i = resource.actions.size() - 1; i >= 0; i--) {
            Action action = resource.actions.get(i);
            if (action.is(task) && (node == null || action.node == node)) {
                return action;
            }
        }
        return null;
    }

    /** The newest action with this key task and no interval. */
    static @Nullable Action firstByKey(Resource resource, String keyTask, @Nullable Node node) {
        List<Action> candidates = resource.actionsWithKey(keyTask);
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Action action = candidates.get(i);
            if (action.intervalMillis == 0 && (node == null || action.node == node)) {
                return action;
            }
        }
        return null;
    }

    /** An event of a collective. */
    Action pseudo(Resource resource, String keyTask, String task, boolean optional, boolean runnable) {
        Action action = get(resource, keyTask, 0, task, null, optional);
        action.pseudo = true;
        if (runnable) {
            action.runnable = true;
        }
        return action;
    }

    Action pseudo(Resource resource, String task, boolean optional, boolean runnable) {
        return pseudo(resource, task, task, optional, runnable);
    }

    /** An event of the cluster; optional at first. */
    Action pseudo(String name) {
        Action action = ofCluster(name, name, null);
        action.pseudo = true;
        action.runnable = true;
        return action;
    }

    /** An action that belongs to no resource; optional at first. */
    Action ofCluster(String key, String task, @Nullable Node node) {
        Action action = ofCluster.get(key);
        if (action == null) {
            action = new Action(all.size() + 1, null, key, 0, task, node);
            action.optional = true;
            all.add(action);
            ofCluster.put(key, action);
        }
        return action;
    }

    /** The fencing of the node, if anybody asked for it. */
    @Nullable
    Action fencing(Node node, String operation) {
        return ofCluster.get(fencingKey(node, operation));
    }

    private static String fencingKey(Node node, String operation) {
        return "stonith-" + node.name + "-" + operation;
    }

    Action fence(Node node, String operation, boolean optional, String why) {
        Action action = ofCluster(fencingKey(node, operation), Tasks.FENCE, node);
        if (!why.isEmpty()) {
            action.because(why);
        }
        if (!optional) {
            action.optional = false;
        }
        return action;
    }

    /** Says that the node has to be fenced; whether it will be is decided later. */
    void markForFencing(Node node, String why) {
        if (node.remote) {
            markRemoteForFencing(node, why);
        } else if (!node.unclean) {
            node.unclean = true;
            fence(node, model.options.fencingAction, true, why);
        }
    }

    private void markRemoteForFencing(Node node, String why) {
        Primitive connection = node.connection;
        if (connection != null && connection.container != null) {
            recover(connection.container, node);
        } else if (connection != null && node.isDanglingGuest()) {
            connection.failed = true;
            connection.mustStop = true;
        } else {
            node.requiresReset |= connection == null || connection.managed;
            node.unclean = true;
            fence(node, model.options.fencingAction, true, why);
        }
    }

    /** A guest is fenced by recovering what launches it; it is not unclean, since it may take resources again in the same plan. */
    private static void recover(Primitive launcher, Node guest) {
        if (!launcher.failed && launcher.managed) {
            guest.requiresReset = true;
            launcher.failed = true;
            launcher.mustStop = true;
        }
    }

    Action clearFailcount(Resource resource, Node node, String why) {
        Action action = get(resource, Tasks.CLEAR_FAILCOUNT, node, false);
        action.because(why);
        return action;
    }
}
