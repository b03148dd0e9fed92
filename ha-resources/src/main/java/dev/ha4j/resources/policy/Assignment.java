package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives each resource a node, or none. */
final class Assignment {
    private final Model model;
    private final NodeChoice choice;
    private final Capacity capacity;
    private final ColocationEffects effects;
    private final CloneAssignment clones;
    private final BundleAssignment bundles;

    Assignment(Model model) {
        this.model = model;
        choice = new NodeChoice(model);
        effects = new ColocationEffects(this);
        capacity = new Capacity(model, choice);
        clones = new CloneAssignment(model, this, effects);
        bundles = new BundleAssignment(model, this);
    }

    NodeChoice choice() {
        return choice;
    }

    void run() {
        if (model.options.placement != Options.PlacementStrategy.DEFAULT) {
            capacity.sortResources();
        }
        if (model.hasRemoteNodes) {
            assignConnections();
        }
        for (Resource resource : List.copyOf(model.resources)) {
            assign(resource, null, true);
        }
    }

    /** Whether a remote node is there decides where other resources can go. */
    private void assignConnections() {
        for (Resource resource : List.copyOf(model.resources)) {
            if (resource instanceof Primitive primitive && primitive.kind.isRemoteConnection()) {
                assign(primitive, primitive.migrationTarget, true);
            }
        }
    }

    /**
     * Assigns a resource if that was not done yet.
     *
     * @param preferred node to take if it is as good as any
     * @param last false for an attempt that may be taken back: then a failure changes no roles and no actions
     */
    @Nullable
    Node assign(Resource resource, @Nullable Node preferred, boolean last) {
        if (resource instanceof Primitive primitive) {
            return assignPrimitive(primitive, preferred, last);
        }
        if (resource instanceof Bundle bundle) {
            bundles.assign(bundle, preferred);
            return null;
        }
        return resource instanceof Group group
                ? assignGroup(group, preferred, last)
                : clones.assign((CloneResource) resource, preferred, last);
    }

    private @Nullable Node assignGroup(Group group, @Nullable Node preferred, boolean last) {
        if (!group.unassigned) {
            return group.location();
        }
        if (group.assigning) {
            return null;
        }
        group.assigning = true;
        group.role = group.first().role;
        model.scoreLog.assigning(ScoreLog.Kind.GROUP, group);
        Node first = null;
        for (Primitive member : group.members) {
            Node node = assign(member, preferred, last);
            first = first == null ? node : first;
        }
        group.nextRole = group.first().nextRole;
        group.assigning = false;
        group.unassigned = false;
        return group.colocated ? first : null;
    }

    private @Nullable Node assignPrimitive(Primitive resource, @Nullable Node preferred, boolean last) {
        if (resource.parent != null && !resource.parent.assigning) {
            assign(resource.parent, preferred, last);
        }
        if (!resource.unassigned) {
            return resource.assigned;
        }
        if (resource.assigning) {
            return null;
        }
        resource.assigning = true;
        heedColocations(resource);
        if (resource.nextRole == Role.STOPPED) {
            resource.banEverywhere();
            model.scoreLog.note(resource, "it is to be stopped");
        } else if (resource.nextRole.isAbove(resource.role)
                && !model.quorate
                && model.options.quorumPolicy == Options.QuorumPolicy.FREEZE) {
            resource.nextRole = resource.role;
        }
        if (model.options.fencingEnabled && !model.fenceDeviceExists) {
            resource.managed = false;
        }
        model.scoreLog.assigning(ScoreLog.Kind.PRIMITIVE, resource);
        place(resource, preferred, last);
        model.scoreLog.placed(resource);
        resource.assigning = false;
        if (resource.kind.isRemoteConnection()) {
            model.node(resource.id).filter(node -> node.remote).ifPresent(node -> expect(node, resource));
        }
        return resource.assigned;
    }

    /** A node is taken for there if its connection will be. */
    private static void expect(Node node, Primitive connection) {
        if (connection.assigned == null || connection.nextRole == Role.STOPPED) {
            node.shuttingDown = true;
            return;
        }
        node.online = true;
        if (node.unseen) {
            node.unclean = false;
        }
    }

    private void place(Primitive resource, @Nullable Node preferred, boolean last) {
        if (!resource.managed) {
            resource.nextRole = resource.role;
            assignTo(resource, resource.current(), true, last);
        } else if (model.options.stopAll) {
            assignTo(resource, null, true, last);
        } else {
            Node roomiest = capacity.heed(resource);
            model.scoreLog.note(resource, "no room there (utilization)");
            Node wished = preferred != null ? preferred : roomiest;
            assignTo(resource, choice.choose(resource, wished), false, last);
        }
    }

    /** Mandatory colocations come first, so that as many as possible hold. */
    private void heedColocations(Primitive resource) {
        List<Colocation> withOthers = ColocationLists.withOthers(resource);
        List<Colocation> othersWith = ColocationLists.othersWith(resource);
        for (boolean mandatory : new boolean[] {true, false}) {
            for (Colocation colocation : withOthers) {
                if (colocation.mandatory() == mandatory) {
                    follow(resource, colocation);
                }
            }
            for (Colocation colocation : othersWith) {
                if (colocation.mandatory() == mandatory) {
                    hear(resource, colocation);
                }
            }
        }
    }

    /** Assigns the primary, then heeds where it is; a wish that leaves nothing is dropped. */
    private void follow(Primitive resource, Colocation colocation) {
        int score = colocation.score();
        boolean droppable = colocation.dependentRole() == Role.PROMOTED || (score < 0 && score > -Scores.INFINITY);
        NodeTable before = droppable ? resource.table.copy() : resource.table;
        if (colocation.primary().unassigned) {
            assign(colocation.primary(), null, true);
        }
        effects.apply(resource, colocation.primary(), colocation);
        if (droppable && !resource.table.anyUsable()) {
            resource.table = before;
        }
        model.scoreLog.follows(resource, colocation);
    }

    /** Takes the preferences of a dependent into account. */
    void hear(Resource resource, Colocation colocation) {
        if (colocation.influences(colocation.primary())) {
            resource.table = Wishes.ofDependent(colocation, resource.table, resource instanceof CloneResource, true);
            model.scoreLog.hears(resource, colocation);
        }
    }

    /** Sets the place of a primitive; one that is not usable counts as none unless it is forced. */
    void assignTo(Primitive resource, @Nullable Node chosen, boolean forced, boolean last) {
        Node node = chosen;
        if (!forced && node != null && !isPossible(resource, node)) {
            if (last) {
                resource.nextRole = Role.STOPPED;
            }
            node = null;
        }
        unassign(resource);
        resource.unassigned = false;
        if (node == null) {
            if (last) {
                stopForGood(resource);
            }
            return;
        }
        resource.assigned = node;
        resource.assignedScore = forced ? node.score : resource.table.score(node);
        node.assignedCount++;
        Capacity.take(node, resource);
    }

    /** Guests are taken for able to come up. */
    private static boolean isPossible(Primitive resource, Node node) {
        return resource.table.usable(node) || (node.isGuest() && resource.table.score(node) >= 0);
    }

    private static void stopForGood(Primitive resource) {
        resource.nextRole = Role.STOPPED;
        for (Action action : resource.actions) {
            if (action.is(Tasks.STOP)) {
                action.optional = false;
            } else if (action.is(Tasks.START) || (action.recurring() && action.targetRc != HistoryEntry.NOT_RUNNING)) {
                action.runnable = false;
            }
        }
    }

    static void unassign(Resource resource) {
        resource.unassigned = true;
        if (resource instanceof Primitive primitive) {
            Node node = primitive.assigned;
            if (node != null) {
                primitive.assigned = null;
                node.assignedCount--;
                Capacity.giveBack(node, primitive);
            }
        } else {
            resource.children().forEach(Assignment::unassign);
        }
    }
}
