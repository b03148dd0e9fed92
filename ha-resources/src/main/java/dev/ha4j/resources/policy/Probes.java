package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.NESTED_REMOTE_PROBE;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.SAME_NODE;
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
            if (!node.online) {
                fenceIfUnrecoverable(node);
                continue;
            }
            if (node.unclean || isProbingOff(node)) {
                continue;
            }
            for (Resource resource : model.resources) {
                probe(resource, node);
            }
        }
    }

    private void fenceIfUnrecoverable(Node node) {
        Primitive connection = node.connection;
        if (connection != null
                && connection.container == null
                && Connection.of(node, connection) == Connection.FAILED) {
            model.actions.markForFencing(node, "the connection is unrecoverable");
        }
    }

    private static boolean isProbingOff(Node node) {
        return node.discoveryOff
                || Text.truth(node.attributes.get("#probing-disabled")).orElse(false)
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
        return resource instanceof Bundle bundle ? probe(bundle, node) : probe((CloneResource) resource, node);
    }

    private boolean probe(Bundle bundle, Node node) {
        boolean any = false;
        for (Bundle.Replica replica : bundle.replicas) {
            any |= replica.address() != null && probe(replica.address(), node);
            any |= replica.inside() != null && replica.node() == node && probe(replica.inside(), node);
            if (probe(replica.container(), node)) {
                any = true;
                keepOthersUntilProbed(replica.container(), bundle);
            }
            if (replica.connection() != null && probe(replica.connection(), node)) {
                any = true;
                afterContainer(replica.container(), replica.connection(), node);
            }
        }
        return any;
    }

    /** One that is found on a node takes the place there, and the ports. */
    private void keepOthersUntilProbed(Primitive container, Bundle bundle) {
        if (bundle.maxPerHost > 1) {
            return;
        }
        for (Primitive other : bundle.containers()) {
            if (other != container) {
                model.order(container, Tasks.MONITOR, other, Tasks.START, ORDERED | SAME_NODE);
            }
        }
    }

    /** Q: only once it is known where the container is it is known whom to ask about the connection. */
    private void afterContainer(Primitive container, Primitive connection, Node node) {
        for (Action probe : Actions.findExactly(connection, Tasks.MONITOR, 0, node)) {
            model.order(container, Tasks.START, probe, NESTED_REMOTE_PROBE);
        }
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
        if (isRefused(resource, node) || isOnGuestThatIsDown(resource, node)) {
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

    private static boolean mayBeOnRemote(Primitive resource, Node node) {
        if (resource.isFenceDevice() || resource.kind.isRemoteConnection()) {
            return false;
        }
        return !node.isGuest() || resource.guestConnection() == null;
    }

    /** Nothing is active in a guest that is down, or will be before it can be asked; what starts waits for what tells that. */
    private boolean isOnGuestThatIsDown(Primitive resource, Node node) {
        if (node.connection == null || node.connection.container == null) {
            return false;
        }
        Primitive launcher = node.connection.container;
        if (launcher.role == Role.STOPPED) {
            if (launcher.assigned != null && !launcher.probedOn.contains(launcher.assigned)) {
                model.order(launcher, Tasks.MONITOR, resource.top(), Tasks.START, ORDERED);
            }
            return true;
        }
        if (willStop(launcher, node)) {
            model.order(launcher, Tasks.STOP, resource.top(), Tasks.START, ORDERED);
            return true;
        }
        return false;
    }

    private static boolean willStop(Primitive launcher, Node guest) {
        boolean moves = launcher.role.isAbove(Role.STOPPED)
                && launcher.assigned != null
                && !launcher.isRunningOn(launcher.assigned);
        return guest.requiresReset || guest.unclean || launcher.failed || launcher.nextRole == Role.STOPPED || moves;
    }

    private boolean isRefused(Primitive resource, Node node) {
        if (!model.options.startupProbes || resource.removed) {
            return true;
        }
        if (node.remote && !mayBeOnRemote(resource, node)) {
            return true;
        }
        if (resource.container != null && !resource.kind.isRemoteConnection()) {
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
        return table.has(node) ? table.probe[node.index] == NodeTable.PROBE_NEVER : node.closed;
    }
}
