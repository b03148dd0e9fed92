package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN_ON_NODE;
import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN_SHOWN;
import static dev.ha4j.resources.policy.Order.GUEST_ALLOWED;
import static dev.ha4j.resources.policy.Order.LOAD;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.PROMOTED_THEN_IMPLIES_FIRST;
import static dev.ha4j.resources.policy.Order.RESTART;
import static dev.ha4j.resources.policy.Order.SAME_NODE;
import static dev.ha4j.resources.policy.Order.THEN_CANCELS_FIRST;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST_SHOWN;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import dev.ha4j.resources.config.Scores;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orderings that follow from what a resource is, and the colocations of group members. */
final class InternalOrderings {
    /** Q: the connection with a bundle's container is made elsewhere if it can't be made from the container's host. */
    private static final int BUNDLE_CONNECTION = 10_000;

    private final Model model;

    InternalOrderings(Model model) {
        this.model = model;
    }

    void run() {
        model.resources.forEach(this::add);
    }

    private void add(Resource resource) {
        if (resource instanceof Primitive primitive) {
            add(primitive);
        } else if (resource instanceof Group group) {
            add(group);
        } else if (resource instanceof Bundle bundle) {
            add(bundle);
        } else {
            add((CloneResource) resource);
        }
    }

    // Primitives

    private void add(Primitive resource) {
        if (!resource.managed) {
            return;
        }
        model.order(resource, Tasks.STOP, resource, Tasks.START, ORDERED | FIRST_IMPLIES_THEN | RESTART);
        if (resource.top().promotable || resource.role.isAbove(Role.UNPROMOTED)) {
            model.order(resource, Tasks.DEMOTE, resource, Tasks.STOP, PROMOTED_THEN_IMPLIES_FIRST);
            model.order(resource, Tasks.START, resource, Tasks.PROMOTE, UNRUNNABLE_FIRST_BLOCKS);
        }
        model.order(resource, Tasks.LRM_DELETE, resource, Tasks.MONITOR, SAME_NODE | THEN_CANCELS_FIRST);
        if (!resource.isFenceDevice() && resource.needsUnfencing) {
            orderUnfencing(resource);
        }
        if (!resource.utilization.isEmpty() && model.options.placement != Options.PlacementStrategy.DEFAULT) {
            orderLoad(resource);
        }
        if (model.hasRemoteNodes) {
            heedRemoteNodes(resource);
        }
    }

    /** Remote nodes can't connect to others, and don't fence. */
    private void heedRemoteNodes(Primitive resource) {
        if (resource.container != null) {
            follow(resource, resource.container);
        }
        if (resource.isFenceDevice() || resource.kind.isRemoteConnection()) {
            banFromRemoteNodes(resource);
        }
    }

    private void follow(Primitive resource, Primitive container) {
        Primitive connection = container.kind.isRemoteConnection() ? container : container.guestConnection();
        if (resource.kind.isRemoteConnection()) {
            if (!resource.isBundled()) {
                banFromRemoteNodes(container);
            }
            model.order(container, Tasks.MONITOR, resource, Tasks.STOP, ORDERED);
        } else if (connection != null) {
            banFromAllBut(connection, resource);
            return;
        }
        model.order(container, Tasks.START, resource, Tasks.START, FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
        model.order(resource, Tasks.STOP, container, Tasks.STOP, THEN_IMPLIES_FIRST);
        int score = resource.isBundled() ? BUNDLE_CONNECTION : Scores.INFINITY;
        colocate("#resource-with-container", resource, container, score, true);
    }

    /** Q: a resource that names a guest's launcher as its container runs in the guest. */
    private void banFromAllBut(Primitive connection, Primitive resource) {
        for (Node node : model.nodes) {
            if (resource.table.has(node) && node.connection != connection) {
                resource.table.add(node, -Scores.INFINITY);
            }
        }
    }

    private void banFromRemoteNodes(Primitive resource) {
        for (Node node : model.nodes) {
            if (node.connection != null && resource.table.has(node)) {
                resource.table.add(node, -Scores.INFINITY);
            }
        }
    }

    private List<Node> allowedByName(Primitive resource) {
        return List.of(model.nodes).stream()
                .filter(resource.table::has)
                .sorted(Comparator.comparing(node -> node.name))
                .toList();
    }

    private void orderUnfencing(Primitive resource) {
        for (Node node : allowedByName(resource)) {
            Action unfence = Unfencing.action(model, node);
            model.order(resource, Tasks.STOP, unfence, ORDERED | SAME_NODE);
            model.order(unfence, resource, Tasks.START, FIRST_IMPLIES_THEN_ON_NODE | SAME_NODE);
        }
    }

    /** Room is made on a node before anything new comes there. */
    private void orderLoad(Primitive resource) {
        for (Node node : resource.running) {
            model.order(resource, Tasks.STOP, loadStopped(node), LOAD);
        }
        for (Node node : allowedByName(resource)) {
            Action stopped = loadStopped(node);
            model.order(stopped, resource, Tasks.START, LOAD);
            model.order(stopped, resource, Tasks.MIGRATE_TO, LOAD);
        }
    }

    private Action loadStopped(Node node) {
        Action stopped = model.actions.pseudo("load_stopped_" + node.name);
        stopped.node = node;
        stopped.optional = false;
        return stopped;
    }

    // Groups

    private void add(Group group) {
        model.order(group, Tasks.STOP, group, Tasks.STOPPED, UNRUNNABLE_FIRST_BLOCKS);
        model.order(group, Tasks.STOPPED, group, Tasks.START, ORDERED);
        model.order(group, Tasks.START, group, Tasks.RUNNING, UNRUNNABLE_FIRST_BLOCKS);
        Primitive previous = null;
        Primitive lastActive = null;
        for (Primitive member : group.members) {
            add(member);
            if (previous != null && group.colocated) {
                colocate("#group-members", member, previous, Scores.INFINITY, member.critical);
            }
            if (group.top().promotable) {
                orderPromotion(group, member, previous == null);
            }
            orderWithGroup(group, member, previous == null);
            if (previous != null && group.ordered) {
                orderAfter(member, previous, group.top().promotable);
            }
            if (member.isActive()) {
                if (group.ordered && previous != null && !previous.isActive() && lastActive != null) {
                    model.order(member, Tasks.STOP, lastActive, Tasks.STOP, ORDERED);
                }
                lastActive = member;
            }
            previous = member;
        }
    }

    static void colocate(String id, Primitive dependent, Primitive primary, int score, boolean influence) {
        ColocationConstraints.record(
                new Colocation(id, dependent, primary, score, "#uname", Role.UNKNOWN, Role.UNKNOWN, false, influence));
    }

    private static int downFlags(Group group, boolean first) {
        return THEN_IMPLIES_FIRST_SHOWN | (group.ordered && first ? ORDERED : 0);
    }

    private static int downDoneFlags(Group group, boolean first) {
        return group.ordered && first ? FIRST_IMPLIES_THEN : FIRST_IMPLIES_THEN_SHOWN;
    }

    private static final int UP_DONE = UNRUNNABLE_FIRST_BLOCKS | FIRST_IMPLIES_THEN | FIRST_IMPLIES_THEN_SHOWN;
    private static final int UP_UNORDERED = FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS | THEN_IMPLIES_FIRST_SHOWN;

    private void orderPromotion(Group group, Primitive member, boolean first) {
        model.order(group, Tasks.DEMOTE, member, Tasks.DEMOTE, downFlags(group, first));
        model.order(member, Tasks.DEMOTE, group, Tasks.DEMOTED, downDoneFlags(group, first));
        model.order(member, Tasks.PROMOTE, group, Tasks.PROMOTED, UP_DONE);
        model.order(group, Tasks.PROMOTE, member, Tasks.PROMOTE, THEN_IMPLIES_FIRST_SHOWN);
    }

    private void orderWithGroup(Group group, Primitive member, boolean first) {
        model.order(group, Tasks.STOP, member, Tasks.STOP, downFlags(group, first));
        model.order(member, Tasks.STOP, group, Tasks.STOPPED, downDoneFlags(group, first));
        model.order(group, Tasks.START, member, Tasks.START, THEN_IMPLIES_FIRST_SHOWN);
        model.order(member, Tasks.START, group, Tasks.RUNNING, UP_DONE);
        if (!group.ordered) {
            model.order(group, Tasks.START, member, Tasks.START, UP_UNORDERED);
            if (group.top().promotable) {
                model.order(group, Tasks.PROMOTE, member, Tasks.PROMOTE, UP_UNORDERED);
            }
        }
    }

    private void orderAfter(Primitive member, Primitive previous, boolean promotable) {
        int up = FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS;
        model.order(previous, Tasks.START, member, Tasks.START, up);
        model.order(member, Tasks.STOP, previous, Tasks.STOP, ORDERED | RESTART);
        if (member.isActive() && !previous.isActive()) {
            model.order(member, Tasks.STOP, previous, Tasks.START, THEN_IMPLIES_FIRST | UNRUNNABLE_FIRST_BLOCKS);
        }
        if (promotable) {
            model.order(previous, Tasks.PROMOTE, member, Tasks.PROMOTE, up);
            model.order(member, Tasks.DEMOTE, previous, Tasks.DEMOTE, ORDERED);
        }
    }

    // Clones

    private void add(CloneResource clone) {
        model.order(clone, Tasks.STOPPED, clone, Tasks.START, ORDERED);
        model.order(clone, Tasks.START, clone, Tasks.RUNNING, UNRUNNABLE_FIRST_BLOCKS);
        model.order(clone, Tasks.STOP, clone, Tasks.STOPPED, UNRUNNABLE_FIRST_BLOCKS);
        if (clone.promotable) {
            model.order(clone, Tasks.DEMOTED, clone, Tasks.STOP, ORDERED);
            model.order(clone, Tasks.RUNNING, clone, Tasks.PROMOTE, UNRUNNABLE_FIRST_BLOCKS);
        }
        if (clone.ordered) {
            clone.sortByNumber();
        }
        for (int i = 0; i < clone.instances.size(); i++) {
            Resource instance = clone.instances.get(i);
            add(instance);
            model.order(clone, Tasks.START, instance, Tasks.START, UNRUNNABLE_FIRST_BLOCKS | THEN_IMPLIES_FIRST_SHOWN);
            model.order(instance, Tasks.START, clone, Tasks.RUNNING, FIRST_IMPLIES_THEN_SHOWN);
            model.order(clone, Tasks.STOP, instance, Tasks.STOP, THEN_IMPLIES_FIRST_SHOWN);
            model.order(instance, Tasks.STOP, clone, Tasks.STOPPED, FIRST_IMPLIES_THEN_SHOWN);
            if (clone.ordered) {
                for (Resource later : clone.instances.subList(i + 1, clone.instances.size())) {
                    model.order(instance, Tasks.START, later, Tasks.START, ORDERED);
                    model.order(later, Tasks.STOP, instance, Tasks.STOP, ORDERED);
                }
            }
        }
        if (clone.promotable) {
            orderRestart(clone);
            addPromotion(clone);
        }
    }

    private void orderRestart(Resource clone) {
        model.order(clone, Tasks.STOPPED, clone, Tasks.START, ORDERED);
        model.order(clone, Tasks.STOPPED, clone, Tasks.PROMOTE, ORDERED);
        model.order(clone, Tasks.DEMOTED, clone, Tasks.STOP, ORDERED);
        model.order(clone, Tasks.DEMOTED, clone, Tasks.START, ORDERED);
        model.order(clone, Tasks.DEMOTED, clone, Tasks.PROMOTE, ORDERED);
        model.order(clone, Tasks.RUNNING, clone, Tasks.PROMOTE, ORDERED);
        model.order(clone, Tasks.DEMOTE, clone, Tasks.DEMOTED, ORDERED);
    }

    private void addPromotion(CloneResource clone) {
        @Nullable Resource previous = null;
        for (Resource instance : clone.instances) {
            model.order(instance, Tasks.DEMOTE, instance, Tasks.PROMOTE, ORDERED);
            model.order(clone, Tasks.PROMOTE, instance, Tasks.PROMOTE, ORDERED);
            model.order(instance, Tasks.PROMOTE, clone, Tasks.PROMOTED, ORDERED);
            if (previous != null && clone.ordered) {
                model.order(previous, Tasks.PROMOTE, instance, Tasks.PROMOTE, ORDERED);
            }
            model.order(clone, Tasks.DEMOTE, instance, Tasks.DEMOTE, THEN_IMPLIES_FIRST_SHOWN);
            model.order(instance, Tasks.DEMOTE, clone, Tasks.DEMOTED, FIRST_IMPLIES_THEN_SHOWN);
            if (previous != null && clone.ordered) {
                model.order(instance, Tasks.DEMOTE, previous, Tasks.DEMOTE, ORDERED);
            }
            previous = instance;
        }
    }

    // Bundles

    private static final int BEGINS = THEN_IMPLIES_FIRST_SHOWN;
    private static final int ENDS = FIRST_IMPLIES_THEN_SHOWN;

    private void add(Bundle bundle) {
        CloneResource inside = bundle.inside;
        if (inside != null) {
            model.order(bundle, Tasks.START, inside, Tasks.START, BEGINS);
            model.order(bundle, Tasks.STOP, inside, Tasks.STOP, BEGINS);
            model.order(inside, Tasks.RUNNING, bundle, Tasks.RUNNING, ENDS);
            model.order(inside, Tasks.STOPPED, bundle, Tasks.STOPPED, ENDS);
        }
        bundle.replicas.forEach(replica -> add(replica, bundle));
        if (inside != null) {
            add(inside);
            if (inside.promotable) {
                orderRestart(bundle);
                model.order(bundle, Tasks.DEMOTE, inside, Tasks.DEMOTE, BEGINS);
                model.order(inside, Tasks.DEMOTED, bundle, Tasks.DEMOTED, ENDS);
                model.order(bundle, Tasks.PROMOTE, inside, Tasks.PROMOTE, BEGINS);
                model.order(inside, Tasks.PROMOTED, bundle, Tasks.PROMOTED, ENDS);
            }
        }
    }

    private void add(Bundle.Replica replica, Bundle bundle) {
        Primitive container = replica.container();
        add(container);
        model.order(bundle, Tasks.START, container, Tasks.START, UNRUNNABLE_FIRST_BLOCKS | BEGINS);
        if (replica.inside() != null) {
            model.order(bundle, Tasks.STOP, replica.inside(), Tasks.STOP, BEGINS);
        }
        model.order(bundle, Tasks.STOP, container, Tasks.STOP, BEGINS);
        model.order(container, Tasks.START, bundle, Tasks.RUNNING, ENDS);
        model.order(container, Tasks.STOP, bundle, Tasks.STOPPED, ENDS);
        Primitive address = replica.address();
        if (address != null) {
            add(address);
            model.order(address, Tasks.START, container, Tasks.START, UNRUNNABLE_FIRST_BLOCKS | GUEST_ALLOWED);
            model.order(container, Tasks.STOP, address, Tasks.STOP, THEN_IMPLIES_FIRST | GUEST_ALLOWED);
            colocate("#ip-with-container", address, container, Scores.INFINITY, true);
        }
        if (replica.connection() != null) {
            add(replica.connection());
        }
    }
}
