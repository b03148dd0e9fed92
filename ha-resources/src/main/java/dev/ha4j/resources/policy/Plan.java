package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.RuntimeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param steps in the order in which they would be begun if all were ready
 * @param statusBefore roles of each resource on each node now
 * @param nodes state of each node
 * @param recheckSeconds when time alone will change the plan, in seconds since 1970
 */
public record Plan(
        List<Step> steps,
        Map<String, Map<String, List<String>>> statusBefore,
        Map<String, String> nodes,
        OptionalLong recheckSeconds) {

    /** Kinds of steps. */
    public enum Kind {
        /** Something done with a resource on a node. */
        RESOURCE,
        /** An event that only orders others. */
        PSEUDO,
        /** Something done by the cluster itself: fencing, shutting down, clearing a fail count. */
        CLUSTER
    }

    /**
     * One thing to be done.
     *
     * @param after indexes of the steps that must have been done before
     * @param resource the resource's configured name
     * @param longId name of the instance
     * @param shownId name under which results are recorded
     * @param targetRc the result that is expected
     * @param source from where it migrates
     * @param target to where it migrates
     * @param underWay whether it was ordered before, so that what comes after it has to wait for another plan
     * @param reason why, where that is known
     * @param settings what the resource is told; null where nobody carries the plan out
     */
    public record Step(
            Kind kind,
            String key,
            String task,
            @Nullable String node,
            @Nullable String resource,
            @Nullable String longId,
            @Nullable String shownId,
            long intervalMillis,
            int targetRc,
            @Nullable String source,
            @Nullable String target,
            boolean underWay,
            @Nullable String reason,
            @Nullable Settings settings,
            List<Integer> after) {

        private static final Pattern BEFORE = Pattern.compile(".*_pre_notify_([a-z]+)_\\d+");

        /** The task of which an instance hears by this step before it is done; empty for all other steps. */
        public Optional<String> announces() {
            Matcher matcher = BEFORE.matcher(key);
            return kind == Kind.RESOURCE && task.equals(Tasks.NOTIFY) && matcher.matches()
                    ? Optional.of(matcher.group(1))
                    : Optional.empty();
        }
    }

    /**
     * Parameters as rules give them on a node.
     *
     * @param digest which the operation leaves, so that it can be seen later whether they have changed
     */
    public record Settings(Map<String, String> parameters, String digest) {

        /** The digest of all parameters but these. */
        public String digestWithout(Set<String> names) {
            Map<String, String> rest = new TreeMap<>(parameters);
            rest.keySet().removeAll(names);
            return Digests.digestOf(rest);
        }
    }

    static Plan of(Model model, Digests digests, GraphBuilder graph, Map<String, Map<String, List<String>>> before) {
        int count = 0;
        for (Action action : graph.actions()) {
            action.step = count++;
        }
        List<Step> steps = new ArrayList<>();
        for (Action action : graph.actions()) {
            List<Integer> after = new ArrayList<>();
            for (Action input : action.inputs) {
                if (input.step >= 0) {
                    after.add(input.step);
                }
            }
            steps.add(step(model, action, settings(model, digests, action), after));
        }
        Map<String, String> nodes = new LinkedHashMap<>();
        for (Node node : model.nodes) {
            nodes.put(node.name, node.online ? "online" : "offline");
        }
        return new Plan(List.copyOf(steps), before, nodes, model.recheck.next());
    }

    private static @Nullable Settings settings(Model model, Digests digests, Action action) {
        Node node = action.node;
        boolean told = !model.input.runtime().equals(RuntimeFacts.NONE) && !action.pseudo;
        if (!told || node == null || !(action.resource instanceof Primitive leaf)) {
            return null;
        }
        return new Settings(
                digests.parameters(leaf, action.task, action.intervalMillis, node),
                digests.of(leaf, action.task, action.intervalMillis, node));
    }

    private static Step step(Model model, Action action, @Nullable Settings settings, List<Integer> after) {
        Resource resource = action.resource;
        boolean cluster = switch (action.task) {
            case Tasks.FENCE, Tasks.SHUTDOWN, Tasks.CLEAR_FAILCOUNT, Tasks.LRM_DELETE -> true;
            default -> false;
        };
        Kind kind = action.pseudo ? Kind.PSEUDO : cluster ? Kind.CLUSTER : Kind.RESOURCE;
        return new Step(
                kind,
                printedKey(action),
                action.task,
                action.node == null || (action.pseudo && !action.is(Tasks.FENCE)) ? null : action.node.name,
                resource == null ? null : name(resource),
                resource == null ? null : longId(resource),
                resource == null ? null : shownId(model, resource),
                action.intervalMillis,
                action.targetRc,
                action.migrateSource == null ? null : action.migrateSource.name,
                action.migrateTarget == null ? null : action.migrateTarget.name,
                action.underWay,
                action.reason,
                settings,
                List.copyOf(after));
    }

    /** What operations go by. */
    static String name(Resource resource) {
        if (resource.removed && resource.historyName != null) {
            return resource.historyName;
        }
        return resource.unique ? resource.id : resource.baseId;
    }

    private static String shownId(Model model, Resource resource) {
        String name = name(resource);
        return model.find(name) != null ? name : longId(resource);
    }

    private static String longId(Resource resource) {
        if (resource.historyName != null && !resource.historyName.equals(resource.baseId)) {
            return resource.historyName;
        }
        return resource.id;
    }

    /** Q: instances go by the names that the history has for them. */
    private static String printedKey(Action action) {
        Resource resource = action.resource;
        if (resource == null || resource.historyName == null) {
            return action.key();
        }
        String task = action.is(Tasks.NOTIFY)
                ? action.keyTask.replace("_notify_stonith", "_notify_stop")
                : action.is(Tasks.CANCEL) ? action.keyTask : action.task;
        return resource.historyName + '_' + task + '_' + action.intervalMillis;
    }

    static Map<String, Map<String, List<String>>> statusOf(Model model) {
        Map<String, Map<String, List<String>>> status = new TreeMap<>();
        for (Primitive leaf : model.leaves()) {
            Role role = shownRole(leaf);
            if (role.isBelow(Role.STARTED) || leaf.isHidden() || isForgotten(leaf)) {
                continue;
            }
            for (Node node : leaf.running) {
                status.computeIfAbsent(Text.withoutInstance(leaf.id), id -> new TreeMap<>())
                        .computeIfAbsent(node.name, name -> new ArrayList<>())
                        .add(role.toString());
            }
        }
        status.values().forEach(nodes -> nodes.values().forEach(roles -> roles.sort(null)));
        return status;
    }

    /** Q: what is not configured any more is not shown if it was last on nodes that are away, and don't have to be fenced. */
    private static boolean isForgotten(Primitive leaf) {
        return leaf.removed
                && leaf.parent == null
                && leaf.managed
                && leaf.running.stream().noneMatch(node -> node.online || node.unclean);
    }

    private static Role shownRole(Primitive leaf) {
        Resource parent = leaf.parent;
        Role role = parent instanceof Group && parent.parent != null ? parent.highestRole(true) : leaf.role;
        boolean promotable = leaf.top().promotable;
        return role == Role.STARTED && promotable ? Role.UNPROMOTED : role;
    }
}
