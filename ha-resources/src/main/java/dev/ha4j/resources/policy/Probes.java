package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import org.jspecify.annotations.Nullable;

/** Asks nodes about resources of which they never said anything. */
final class Probes {
    private final Model model;

    Probes(Model model) {
        this.model = model;
    }

    void run() {
        for (Node node : model.nodes) {
            if (!node.online || node.unclean || isProbingOff(node)) {
                continue;
            }
            for (Resource resource : model.resources) {
                probe(resource, node);
            }
        }
    }

    private static boolean isProbingOff(Node node) {
        return Text.truth(node.attributes.get("#probing-disabled")).orElse(false)
                || "false".equalsIgnoreCase(node.attributes.get("probe_enabled"));
    }

    private boolean probe(Resource resource, Node node) {
        if (resource instanceof Primitive primitive) {
            return probe(primitive, node);
        }
        if (resource instanceof Group group) {
            boolean any = false;
            for (Primitive member : group.members) {
                any |= probe(member, node);
            }
            return any;
        }
        return probe((CloneResource) resource, node);
    }

    private boolean probe(CloneResource clone, Node node) {
        NodeTable table = clone.table;
        if (clone.exclusiveDiscovery && (!table.has(node) || table.probe[node.index] != NodeTable.PROBE_EXCLUSIVE)) {
            table.remove(node);
            return false;
        }
        clone.sortByNumber();
        if (clone.unique) {
            boolean any = false;
            for (Resource instance : clone.instances) {
                any |= probe(instance, node);
            }
            return any;
        }
        Resource chosen = anonymousInstance(clone, node);
        return chosen != null && probe(chosen, node);
    }

    private static @Nullable Resource anonymousInstance(CloneResource clone, Node node) {
        for (Resource instance : clone.instances) {
            if (instance.probedOn.contains(node)
                    || instance.children().stream().anyMatch(child -> child.probedOn.contains(node))) {
                return instance;
            }
        }
        for (Resource instance : clone.instances) {
            if (instance.location() == node) {
                return instance;
            }
        }
        return clone.instances.isEmpty() ? null : clone.instances.get(0);
    }

    private boolean probe(Primitive resource, Node node) {
        if (isRefused(resource, node)) {
            return false;
        }
        Action probe = model.actions.get(resource, Tasks.MONITOR, node, false);
        probe.optional = false;
        Unfencing.orderBefore(model, resource, node, probe, ORDERED);
        if (!resource.isRunningOn(node)) {
            probe.targetRc = HistoryEntry.NOT_RUNNING;
        } else if (resource.role == Role.PROMOTED) {
            probe.targetRc = HistoryEntry.PROMOTED;
        }
        Resource top = resource.top() instanceof CloneResource clone ? clone : resource;
        boolean blocks = !probe.runnable && !top.isActive();
        model.order(probe, top, Tasks.START, blocks ? ORDERED | UNRUNNABLE_FIRST_BLOCKS : ORDERED);
        model.order(probe, top, Tasks.RELOAD, ORDERED);
        return true;
    }

    private boolean isRefused(Primitive resource, Node node) {
        if (!model.options.startupProbes || resource.removed) {
            return true;
        }
        boolean connection = resource.isFenceDevice() || resource.kind.isRemoteConnection();
        if (connection && node.remote) {
            return true;
        }
        if (resource.probedOn.contains(node)) {
            return true;
        }
        NodeTable table = resource.table;
        boolean exclusive = resource.exclusiveDiscovery || resource.top().exclusiveDiscovery;
        if (exclusive && (!table.has(node) || table.probe[node.index] != NodeTable.PROBE_EXCLUSIVE)) {
            return true;
        }
        return table.has(node) && table.probe[node.index] == NodeTable.PROBE_NEVER;
    }
}
