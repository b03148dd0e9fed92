package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.Scores;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often resources failed on nodes, as node attributes say. */
final class FailCounts {
    private static final String COUNT = "fail-count-";
    private static final String LAST = "last-failure-";

    private final Model model;

    FailCounts(Model model) {
        this.model = model;
    }

    /**
     * @param count sum over all operations
     * @param lastSeconds time of the last failure; 0 for unknown
     */
    record Count(int count, long lastSeconds) {
        static final Count NONE = new Count(0, 0);
    }

    private Count read(Node node, Primitive resource) {
        if (node.attributes.keySet().stream().noneMatch(name -> name.startsWith(COUNT) || name.startsWith(LAST))) {
            return Count.NONE;
        }
        String name = resource.unique ? resource.historyOrId() : Text.withoutInstance(resource.historyOrId());
        int count = 0;
        long last = 0;
        for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
            if (concerns(attribute.getKey(), COUNT, name, resource.unique)) {
                count = Scores.add(count, model.options.score(attribute.getValue(), 0));
            } else if (concerns(attribute.getKey(), LAST, name, resource.unique)) {
                last = Math.max(last, Text.integer(attribute.getValue(), 0));
            }
        }
        return new Count(count, last);
    }

    /** Whether it is prefix, name, possibly an instance number, then a hash, an operation and its interval. */
    private static boolean concerns(String attribute, String prefix, String name, boolean unique) {
        int hash = attribute.lastIndexOf('#');
        int interval = attribute.lastIndexOf('_');
        if (!attribute.startsWith(prefix) || hash < 0 || interval <= hash + 1) {
            return false;
        }
        String resource = attribute.substring(prefix.length(), hash);
        return name.equals(unique ? resource : Text.withoutInstance(resource));
    }

    /** What is known; forgets the failure timeout for good if the failure blocks. */
    Count raw(Node node, Primitive resource, @Nullable HistoryEntry entry) {
        Count count = read(node, resource);
        boolean expires = count.count() > 0 && resource.failureTimeoutSeconds > 0;
        if (expires && blocks(node, resource, entry)) {
            resource.failureTimeoutSeconds = 0;
        }
        return count;
    }

    /** What has not expired. */
    int effective(Node node, Primitive resource) {
        return effective(node, resource, null);
    }

    int effective(Node node, Primitive resource, @Nullable HistoryEntry entry) {
        Count count = raw(node, resource, entry);
        boolean expired = count.lastSeconds() > 0
                && resource.failureTimeoutSeconds > 0
                && model.nowSeconds > count.lastSeconds() + resource.failureTimeoutSeconds;
        return expired ? 0 : count.count();
    }

    /** Q: only the attribute of the operation itself counts; its sets, the defaults and rules do not. */
    private boolean blocks(Node node, Primitive resource, @Nullable HistoryEntry entry) {
        for (OperationEntry op : resource.operations) {
            if ("block".equalsIgnoreCase(op.get("on-fail"))) {
                boolean concerned = entry != null
                        ? isFailureOf(entry, resource, op)
                        : model.input.status().nodes().stream()
                                .filter(state -> node.name.equals(state.get("uname")))
                                .flatMap(state -> state.resources().stream())
                                .filter(history -> history.id().equals(resource.historyOrId()))
                                .flatMap(history -> history.operations().stream())
                                .anyMatch(record -> isFailureOf(new HistoryEntry(record), resource, op));
                if (concerned) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFailureOf(HistoryEntry entry, Primitive resource, OperationEntry op) {
        if (!entry.task.equals(op.name()) || entry.intervalMillis != Operations.interval(op)) {
            return false;
        }
        String base = resource.historyOrId();
        return entry.id.equals(base + "_last_failure_0")
                || (entry.id.equals(base + "_" + entry.task + "_" + entry.intervalMillis)
                        && entry.rawRc != entry.expectedRc);
    }
}
