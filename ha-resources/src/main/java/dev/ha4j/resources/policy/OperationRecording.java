package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Scores;
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

/** Writes results of operations into the history of nodes, and counts failures. */
final class OperationRecording {
    /** Q: records of no real transition come last among those that have the same name. */
    private static final String TRANSITION = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private final PolicyInput input;
    private final Instant now;
    private final Model model;
    private final Digests digests;
    private final Observations observed;

    OperationRecording(PolicyInput input, Model model, Instant now, Observations observed) {
        this.input = input;
        this.now = now;
        this.model = model;
        this.digests = new Digests(model, new Operations(model));
        this.observed = observed;
    }

    /** A step, and how it ended. */
    void record(Step step, String node, int returnCode) {
        String shown = step.shownId() == null ? "" : step.shownId();
        String base = step.resource() == null ? "" : step.resource();
        noteHost(step, node);
        int index = observed.indexOf(node);
        List<ResourceHistory> resources = new ArrayList<>(observed.get(index).resources());
        int at = find(resources, shown);
        at = at < 0 ? find(resources, base) : at;
        if (at < 0) {
            resources.add(new ResourceHistory(kind(base), List.of()));
            at = resources.size() - 1;
        }
        resources.set(at, with(resources.get(at), step, shown, returnCode));
        observed.setResources(index, resources);
        if (returnCode != step.targetRc()) {
            countFailure(step, index, Text.withoutInstance(shown));
        }
    }

    /** The parameters of a connection to a container may depend on where that was started. */
    private void noteHost(Step step, String node) {
        if (step.task().equals(Tasks.START)
                && model.find(step.longId()) instanceof Primitive started
                && started.isBundled()) {
            started.assigned = model.node(node).orElse(null);
        }
    }

    /** A result that no plan asked for; what is expected of a monitor follows from what is known. */
    void record(Primitive resource, String shown, OperationResult result) {
        Node node = model.node(result.node()).orElse(null);
        boolean monitor = result.task().equals(Tasks.MONITOR);
        boolean active = node != null && resource.isRunningOn(node);
        int expected = !monitor
                ? HistoryEntry.OK
                : result.intervalMillis() == 0 && !active
                        ? HistoryEntry.NOT_RUNNING
                        : resource.role == Role.PROMOTED ? HistoryEntry.PROMOTED : HistoryEntry.OK;
        String key = shown + '_' + result.task() + '_' + result.intervalMillis();
        record(
                new Step(
                        Plan.Kind.RESOURCE,
                        key,
                        result.task(),
                        result.node(),
                        shown,
                        resource.id,
                        shown,
                        result.intervalMillis(),
                        expected,
                        null,
                        null,
                        false,
                        null,
                        null,
                        List.of()),
                result.node(),
                result.returnCode());
    }

    private void countFailure(Step step, int node, String resource) {
        String operation = resource + '#' + step.task() + '_' + step.intervalMillis();
        boolean fatal = step.task().equals(Tasks.STOP)
                || (step.task().equals(Tasks.START) && model.options.startFailureIsFatal);
        int before = Scores.parse(observed.attribute(node, "fail-count-" + operation, "0"))
                .orElse(0);
        int count = fatal ? Scores.INFINITY : Scores.add(before, 1);
        observed.setAttribute(
                node, "fail-count-" + operation, count >= Scores.INFINITY ? "INFINITY" : Integer.toString(count));
        observed.setAttribute(node, "last-failure-" + operation, Long.toString(now.getEpochSecond()));
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

    private ResourceHistory with(ResourceHistory history, Step step, String shown, int returnCode) {
        long lastCall = -1;
        for (OperationRecord record : history.operations()) {
            lastCall = Math.max(lastCall, Text.integer(record.get("call-id"), -1));
        }
        Map<String, String> entry = entry(step, shown, lastCall + 1, returnCode);
        List<OperationRecord> operations = new ArrayList<>(history.operations());
        @Nullable String id = entry.get("id");
        operations.removeIf(record -> String.valueOf(record.get("id")).equals(id));
        operations.add(new OperationRecord(entry));
        return new ResourceHistory(history.attributes(), operations);
    }

    private Map<String, String> entry(Step step, String shown, long callId, int returnCode) {
        String task = step.task().equals(Tasks.RELOAD) ? Tasks.START : step.task();
        String key = shown + "_" + task + "_" + step.intervalMillis();
        String transition = "1:-1:" + step.targetRc() + ":" + TRANSITION;
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("id", id(step, task, shown, key, returnCode != step.targetRc()));
        entry.put("on_node", String.valueOf(step.node()));
        entry.put("operation", task);
        entry.put("operation_key", key);
        entry.put("interval", Long.toString(step.intervalMillis()));
        entry.put("call-id", Long.toString(callId));
        entry.put("rc-code", Integer.toString(returnCode));
        entry.put("op-status", "0");
        entry.put("transition-key", transition);
        entry.put("transition-magic", "0:" + returnCode + ";" + transition);
        entry.put("last-rc-change", Long.toString(now.getEpochSecond()));
        digest(step).ifPresent(digest -> entry.put("op-digest", digest));
        if (step.source() != null && step.target() != null) {
            entry.put("migrate_source", step.source());
            entry.put("migrate_target", step.target());
        }
        return entry;
    }

    private static String id(Step step, String task, String shown, String key, boolean failed) {
        if (failed) {
            return shown + "_last_failure_0";
        }
        boolean ownKey = step.intervalMillis() > 0 || task.equals(Tasks.MIGRATE_TO) || task.equals(Tasks.MIGRATE_FROM);
        return ownKey ? key : task.equals(Tasks.NOTIFY) ? step.key() : shown + "_last_0";
    }

    private Optional<String> digest(Step step) {
        Resource resource = model.find(step.longId());
        Optional<Node> node = model.node(step.node());
        return resource instanceof Primitive primitive && node.isPresent()
                ? Optional.of(digests.of(primitive, step.task(), step.intervalMillis(), node.get()))
                : Optional.empty();
    }
}
