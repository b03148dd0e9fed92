package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import dev.ha4j.resources.policy.Plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries a plan out on paper: what would be observed if every step did what is expected of it. */
public final class Execution {
    /** Q: records of no real transition come last among those that have the same name. */
    private static final String TRANSITION = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private final PolicyInput input;
    private final Instant now;
    private final Model model;
    private final Digests digests;
    private final List<NodeStatus> nodes;

    private Execution(PolicyInput input, Instant now) {
        this.input = input;
        this.now = now;
        this.model = PolicyEngine.unpacked(input, now);
        this.digests = new Digests(model, new Operations(model));
        this.nodes = new ArrayList<>(input.status().nodes());
    }

    /** The input as it would be after the plan. */
    public static PolicyInput run(PolicyInput input, Plan plan, Instant now) {
        Execution execution = new Execution(input, now);
        execution.run(plan.steps());
        return input.withStatus(new Status(execution.nodes, input.status().tickets()));
    }

    /** Each pass begins, in order, what waits for nothing any more. */
    private void run(List<Step> steps) {
        boolean[] done = new boolean[steps.size()];
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < done.length; i++) {
                if (!done[i] && steps.get(i).after().stream().allMatch(before -> done[before])) {
                    begin(steps.get(i));
                    done[i] = true;
                    progress = true;
                }
            }
        }
    }

    private void begin(Step step) {
        String node = step.node();
        if (node == null) {
            return;
        }
        if (step.kind() == Plan.Kind.CLUSTER
                && step.task().equals(Tasks.FENCE)
                && !step.key().endsWith("-on")) {
            fence(node);
        } else if (step.kind() == Plan.Kind.RESOURCE && !step.task().equals(Tasks.DELETE)) {
            record(step, node);
        }
    }

    private int indexOf(String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (node.equals(nodes.get(i).get("uname"))) {
                return i;
            }
        }
        String id = input.nodes().stream()
                .filter(entry -> entry.name().equals(node))
                .map(entry -> entry.id())
                .findFirst()
                .orElse(node);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("uname", node);
        nodes.add(new NodeStatus(attributes, List.of(), List.of(), List.of()));
        return nodes.size() - 1;
    }

    private void fence(String node) {
        int index = indexOf(node);
        Map<String, String> attributes = new LinkedHashMap<>(nodes.get(index).attributes());
        attributes.put("in_ccm", "false");
        attributes.put("crmd", "offline");
        attributes.put("join", "down");
        attributes.put("expected", "down");
        nodes.set(index, new NodeStatus(attributes, List.of(), List.of(), List.of()));
    }

    private void record(Step step, String node) {
        int index = indexOf(node);
        NodeStatus state = nodes.get(index);
        List<ResourceHistory> resources = new ArrayList<>(state.resources());
        String shown = step.shownId() == null ? "" : step.shownId();
        String base = step.resource() == null ? "" : step.resource();
        int at = find(resources, shown);
        at = at < 0 ? find(resources, base) : at;
        if (at < 0) {
            resources.add(new ResourceHistory(kind(base), List.of()));
            at = resources.size() - 1;
        }
        resources.set(at, with(resources.get(at), step, shown));
        nodes.set(
                index,
                new NodeStatus(
                        state.attributes(), state.transientAttributes(), state.transientUtilization(), resources));
    }

    /** Q: a resource that has more than one history on the node is not found. */
    private static int find(List<ResourceHistory> resources, String id) {
        int found = -1;
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).id().equals(id)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private Map<String, String> kind(String base) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", base);
        Map<String, String> configured = PolicyEngine.kindOf(input, Text.withoutInstance(base));
        for (String name : List.of("class", "provider", "type")) {
            String value = configured.get(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private ResourceHistory with(ResourceHistory history, Step step, String shown) {
        long lastCall = -1;
        for (OperationRecord record : history.operations()) {
            lastCall = Math.max(lastCall, Text.integer(record.get("call-id"), -1));
        }
        Map<String, String> entry = entry(step, shown, lastCall + 1);
        List<OperationRecord> operations = new ArrayList<>(history.operations());
        @Nullable String id = entry.get("id");
        operations.removeIf(record -> String.valueOf(record.get("id")).equals(id));
        operations.add(new OperationRecord(entry));
        return new ResourceHistory(history.attributes(), operations);
    }

    private Map<String, String> entry(Step step, String shown, long callId) {
        String task = step.task().equals(Tasks.RELOAD) ? Tasks.START : step.task();
        String key = shown + "_" + task + "_" + step.intervalMillis();
        boolean ownKey = step.intervalMillis() > 0 || task.equals(Tasks.MIGRATE_TO) || task.equals(Tasks.MIGRATE_FROM);
        String id = ownKey ? key : task.equals(Tasks.NOTIFY) ? step.key() : shown + "_last_0";
        String transition = "1:-1:" + step.targetRc() + ":" + TRANSITION;
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("id", id);
        entry.put("on_node", String.valueOf(step.node()));
        entry.put("operation", task);
        entry.put("operation_key", key);
        entry.put("interval", Long.toString(step.intervalMillis()));
        entry.put("call-id", Long.toString(callId));
        entry.put("rc-code", Integer.toString(step.targetRc()));
        entry.put("op-status", "0");
        entry.put("transition-key", transition);
        entry.put("transition-magic", "0:" + step.targetRc() + ";" + transition);
        entry.put("last-rc-change", Long.toString(now.getEpochSecond()));
        digest(step).ifPresent(digest -> entry.put("op-digest", digest));
        if (step.source() != null && step.target() != null) {
            entry.put("migrate_source", step.source());
            entry.put("migrate_target", step.target());
        }
        return entry;
    }

    private Optional<String> digest(Step step) {
        Resource resource = model.find(step.longId());
        Optional<Node> node = model.node(step.node());
        return resource instanceof Primitive primitive && node.isPresent()
                ? Optional.of(digests.of(primitive, step.task(), step.intervalMillis(), node.get()))
                : Optional.empty();
    }
}
