package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often resources failed on nodes, as node attributes say. */
final class FailCounts {
    private static final String COUNT = "fail-count-";
    private static final String LAST = "last-failure-";

    private final Model model;
    private final List<@Nullable List<Told>> byNode = new ArrayList<>();

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

    /** One attribute that tells of failures: prefix, name, possibly an instance number, a hash, an operation and its interval. */
    private record Told(boolean isCount, String resource, String value) {
        static @Nullable Told of(String attribute, String value) {
            int hash = attribute.lastIndexOf('#');
            int interval = attribute.lastIndexOf('_');
            boolean count = attribute.startsWith(COUNT);
            if (!(count || attribute.startsWith(LAST)) || hash < 0 || interval <= hash + 1) {
                return null;
            }
            return new Told(count, attribute.substring((count ? COUNT : LAST).length(), hash), value);
        }

        boolean isOf(String name, boolean unique) {
            return name.equals(unique ? resource : Text.withoutInstance(resource));
        }
    }

    private Count read(Node node, Primitive resource) {
        List<Told> told = told(node);
        if (told.isEmpty()) {
            return Count.NONE;
        }
        String name = resource.unique ? resource.historyOrId() : Text.withoutInstance(resource.historyOrId());
        int count = 0;
        long last = 0;
        for (Told each : told) {
            if (each.isOf(name, resource.unique)) {
                if (each.isCount()) {
                    count = Scores.add(count, model.options.score(each.value(), 0));
                } else {
                    last = Math.max(last, Text.integer(each.value(), 0));
                }
            }
        }
        return new Count(count, last);
    }

    /** Read when a node is first asked about: by then all of its attributes are known. */
    private List<Told> told(Node node) {
        while (byNode.size() <= node.index) {
            byNode.add(null);
        }
        List<Told> known = byNode.get(node.index);
        if (known == null) {
            known = read(node);
            byNode.set(node.index, known);
        }
        return known;
    }

    private static List<Told> read(Node node) {
        List<Told> told = new ArrayList<>();
        node.attributes.forEach((name, value) -> {
            Told one = Told.of(name, value);
            if (one != null) {
                told.add(one);
            }
        });
        return told;
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

    /** With the failures of what it launches. Q: a container of a bundle is not to blame for its connection. */
    int effectiveWithLaunched(Node node, Primitive resource) {
        int count = effective(node, resource);
        for (Primitive launched : resource.isBundled() ? List.<Primitive>of() : resource.launched) {
            count = Scores.add(count, effective(node, launched));
        }
        return count;
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
