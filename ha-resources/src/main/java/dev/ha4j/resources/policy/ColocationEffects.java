package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it means for a dependent that its primary has a place. */
final class ColocationEffects {
    private static final int INFINITY = Scores.INFINITY;

    private final Assignment assignment;

    ColocationEffects(Assignment assignment) {
        this.assignment = assignment;
    }

    private enum Effect {
        NONE,
        LOCATION,
        ROLE
    }

    /** Applies the colocation to a dependent that has no place yet, or whose role is being chosen; returns what its priority gets. */
    int apply(Resource dependent, Resource primary, Colocation colocation) {
        if (dependent instanceof Group group) {
            return applyToGroup(group, primary, colocation);
        }
        if (primary instanceof Group group) {
            return withGroup(dependent, group, colocation);
        }
        if (primary instanceof Bundle bundle) {
            return withBundle((Primitive) dependent, bundle, colocation);
        }
        if (primary instanceof CloneResource clone) {
            return withClone((Primitive) dependent, clone, colocation);
        }
        return switch (effect((Primitive) dependent, (Primitive) primary, colocation)) {
            case NONE -> 0;
            case ROLE -> applyToRole(dependent, (Primitive) primary, colocation);
            case LOCATION -> {
                applyToLocation(dependent, (Primitive) primary, colocation);
                yield 0;
            }
        };
    }

    private int applyToGroup(Group dependent, Resource primary, Colocation colocation) {
        if (dependent.colocated) {
            int delta = apply(dependent.first(), primary, colocation);
            dependent.priority = Scores.add(dependent.priority, delta);
            return delta;
        }
        if (colocation.score() >= INFINITY) {
            return 0;
        }
        int sum = 0;
        for (Primitive member : dependent.members) {
            sum = Scores.add(sum, apply(member, primary, colocation));
        }
        return sum;
    }

    private static Effect effect(Primitive dependent, Primitive primary, Colocation colocation) {
        if (primary.unassigned) {
            return Effect.NONE;
        }
        boolean promotable = dependent.parent != null && dependent.parent.promotable;
        if (!colocation.dependentRole().isBelow(Role.UNPROMOTED) && promotable && !dependent.unassigned) {
            return Effect.ROLE;
        }
        if (!dependent.unassigned) {
            return Effect.NONE;
        }
        return isAbout(colocation.dependentRole(), inRole(dependent).nextRole)
                        && isAbout(colocation.primaryRole(), inRole(primary).nextRole)
                ? Effect.LOCATION
                : Effect.NONE;
    }

    /** Of a bundle's container, what has its role: that is what runs inside. */
    private static Primitive inRole(Primitive resource) {
        Bundle.Replica replica = resource.parent instanceof Bundle bundle ? bundle.replicaOf(resource) : null;
        return replica == null || replica.inside() == null ? resource : replica.inside();
    }

    private static boolean isAbout(Role wanted, Role role) {
        return wanted == Role.UNKNOWN || wanted == role;
    }

    private static void applyToLocation(Resource dependent, Primitive primary, Colocation colocation) {
        int score = colocation.score();
        NodeTable work = dependent.table.copy();
        Node place = primary.assigned;
        if (place == null && score < 0) {
            return;
        }
        String value = place == null ? "" : colocation.valueOn(place);
        for (Node node : work.nodes) {
            if (!work.has(node)) {
                continue;
            }
            if (place == null) {
                work.add(node, -score);
            } else if (colocation.sameValue(value, colocation.valueOn(node))) {
                if (score < INFINITY) {
                    work.add(node, score);
                }
            } else if (score >= INFINITY) {
                work.add(node, -INFINITY);
            }
        }
        if (colocation.mandatory() || work.anyUsable()) {
            dependent.table = work;
        }
    }

    private static int applyToRole(Resource dependent, Primitive primary, Colocation colocation) {
        Node here = dependent.assigned;
        Node there = primary.assigned;
        if (here == null || (there != null && !isAbout(colocation.primaryRole(), primary.nextRole))) {
            return 0;
        }
        String value = there == null ? "" : colocation.valueOn(there);
        int multiplier;
        if (!colocation.sameValue(colocation.valueOn(here), value)) {
            if (colocation.score() < INFINITY || colocation.dependentRole() != Role.PROMOTED) {
                return 0;
            }
            multiplier = -1;
        } else {
            multiplier = colocation.dependentRole() == Role.UNPROMOTED ? -1 : 1;
        }
        int delta = multiplier * colocation.score();
        dependent.priority = Scores.add(dependent.priority, delta);
        return delta;
    }

    private int withGroup(Resource dependent, Group primary, Colocation colocation) {
        if (primary.unassigned) {
            return 0;
        }
        if (primary.colocated) {
            return apply(dependent, colocation.score() >= INFINITY ? primary.last() : primary.first(), colocation);
        }
        if (colocation.score() >= INFINITY) {
            return 0;
        }
        int sum = 0;
        for (Primitive member : primary.members) {
            sum = Scores.add(sum, apply(dependent, member, colocation));
        }
        return sum;
    }

    // With a clone

    private int withClone(Primitive dependent, CloneResource primary, Colocation colocation) {
        if (primary.unassigned) {
            return 0;
        }
        if (primary.promotable && colocation.primaryRole() != Role.UNKNOWN) {
            return withRole(dependent, primary, colocation);
        }
        if (interleaves(primary, colocation)) {
            Resource instance = compatible(dependent, primary.instances, Role.UNKNOWN, null);
            if (instance != null) {
                return apply(dependent, instance, colocation);
            }
            if (colocation.score() >= INFINITY) {
                assignment.assignTo(dependent, null, true, true);
            }
            return 0;
        }
        if (colocation.score() >= INFINITY) {
            banWithoutInstance(dependent, primary.instances);
            return 0;
        }
        int sum = 0;
        for (Resource instance : primary.instances) {
            sum = Scores.add(sum, apply(dependent, instance, colocation));
        }
        return sum;
    }

    private static boolean interleaves(CloneResource primary, Colocation colocation) {
        if (colocation.dependent() instanceof Bundle bundle) {
            return bundle.is("interleave") && bundle.maxPerHost == primary.maxPerNode;
        }
        return colocation.dependent() instanceof CloneResource dependent
                && dependent.interleave
                && dependent.maxPerNode == primary.maxPerNode;
    }

    private static void banWithoutInstance(Primitive dependent, List<? extends Resource> instances) {
        boolean[] wanted = new boolean[dependent.table.nodes.length];
        for (Resource instance : instances) {
            Node place = instance.location();
            if (place != null && !instance.isBlockedRecursively()) {
                wanted[place.index] = true;
            }
        }
        banUnless(dependent, wanted);
    }

    private static void banUnless(Primitive dependent, boolean[] wanted) {
        NodeTable table = dependent.table;
        for (int i = 0; i < wanted.length; i++) {
            if (table.has[i] && !wanted[i]) {
                table.score[i] = -INFINITY;
            }
        }
    }

    private int withBundle(Primitive dependent, Bundle primary, Colocation colocation) {
        if (primary.unassigned) {
            return 0;
        }
        if (colocation.dependent() instanceof CloneResource || colocation.dependent() instanceof Bundle) {
            Resource container = compatible(dependent, primary.containers(), Role.UNKNOWN, null);
            if (container != null) {
                return apply(dependent, container, colocation);
            }
            if (colocation.score() >= INFINITY) {
                assignment.assignTo(dependent, null, true, true);
            }
            return 0;
        }
        if (colocation.score() >= INFINITY) {
            boolean promoted = colocation.primaryRole() == Role.PROMOTED;
            banWithoutInstance(
                    dependent,
                    primary.containers().stream()
                            .filter(container -> !promoted || inRole(container).nextRole == Role.PROMOTED)
                            .toList());
            return 0;
        }
        int sum = 0;
        for (Primitive container : primary.containers()) {
            sum = Scores.add(sum, apply(dependent, container, colocation));
        }
        return sum;
    }

    private int withRole(Primitive dependent, CloneResource primary, Colocation colocation) {
        Role role = colocation.primaryRole();
        if (dependent.unassigned) {
            addToNodesWithRole(dependent, primary, colocation);
            return 0;
        }
        if (colocation.dependentRole() != Role.PROMOTED) {
            return 0;
        }
        Resource instance = compatible(dependent, primary.instances, role, colocation);
        int delta = instance != null ? colocation.score() : colocation.score() >= INFINITY ? -INFINITY : 0;
        dependent.priority = Scores.add(dependent.priority, delta);
        return delta;
    }

    private static void addToNodesWithRole(Primitive dependent, CloneResource primary, Colocation colocation) {
        NodeTable table = dependent.table;
        boolean both = colocation.dependentRole() == Role.PROMOTED && colocation.primaryRole() == Role.PROMOTED;
        boolean mandatory = colocation.score() >= INFINITY;
        boolean[] wanted = new boolean[table.nodes.length];
        for (Resource instance : primary.instances) {
            Node place = instance.location();
            if (place == null || instance.highestRole(false) != colocation.primaryRole()) {
                continue;
            }
            String value = colocation.valueOn(place);
            for (Node node : table.nodes) {
                if (table.has(node) && !mandatory && colocation.sameValue(value, colocation.valueOn(node))) {
                    table.add(node, colocation.score());
                }
            }
            wanted[place.index] = true;
            if (mandatory && !both && table.has(place)) {
                table.add(place, scoreWhenAssigned(instance));
            }
        }
        if (mandatory && !both) {
            banUnless(dependent, wanted);
        }
    }

    private static int scoreWhenAssigned(Resource instance) {
        for (Primitive leaf : instance.leaves()) {
            if (leaf.assigned != null) {
                return leaf.assignedScore;
            }
        }
        return 0;
    }

    /** The instance that is where the dependent is, or would like most to be. */
    private @Nullable Resource compatible(
            Primitive dependent, List<? extends Resource> instances, Role role, @Nullable Colocation colocation) {
        Node place = dependent.location();
        if (place != null) {
            return instanceOn(place, instances, role, colocation);
        }
        for (Node node : assignment.choice().preferred(dependent.table, null)) {
            Resource instance = instanceOn(node, instances, role, colocation);
            if (instance != null) {
                return instance;
            }
        }
        return null;
    }

    private static @Nullable Resource instanceOn(
            Node node, List<? extends Resource> instances, Role role, @Nullable Colocation colocation) {
        for (Resource instance : instances) {
            Node place = instance.location();
            if (place == null
                    || instance.isBlockedRecursively()
                    || (role != Role.UNKNOWN && instance.highestRole(false) != role)) {
                continue;
            }
            boolean matches = colocation == null
                    ? place == node
                    : colocation.sameValue(colocation.valueOn(place), colocation.valueOn(node));
            if (matches) {
                return instance;
            }
        }
        return null;
    }
}
