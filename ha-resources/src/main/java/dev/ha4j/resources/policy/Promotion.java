package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses which instances of a clone are promoted. */
final class Promotion {
    private static final int INFINITY = Scores.INFINITY;

    private final Model model;
    private final ColocationEffects effects;

    Promotion(Model model, ColocationEffects effects) {
        this.model = model;
        this.effects = effects;
    }

    /** Lets instances prefer nodes where they have a promotion score. */
    void addScores(CloneResource clone) {
        if (clone.promotionScoresAdded) {
            return;
        }
        clone.promotionScoresAdded = true;
        for (Resource instance : clone.instances) {
            for (Node node : model.nodes) {
                if (instance.table.has(node) && node.available()) {
                    int score = score(instance, node).value();
                    if (score > 0) {
                        instance.table.add(node, score);
                    }
                    instance.priority = Math.max(instance.priority, score);
                }
            }
        }
    }

    void choose(CloneResource clone) {
        clone.choosingRoles = true;
        clone.table.clearCounts();
        clone.instances.forEach(instance -> setPriority(clone, instance));
        int[] order = new int[clone.instances.size()];
        for (int i = 0; i < order.length; i++) {
            Resource instance = clone.instances.get(i);
            order[i] = instance.highestRole(false) == Role.PROMOTED ? INFINITY : instance.priority;
            instance.sortingPriority = order[i];
        }
        addWishes(clone);
        if (clone.tickets.stream()
                .anyMatch(ticket ->
                        ticket.role() == Role.PROMOTED && !ticket.ticket().usable())) {
            clone.banEverywhere();
        }
        clone.instances.forEach(instance -> setSortingPriority(clone, instance));
        MergeSort.sort(clone.instances, Promotion::compare);
        clone.instances.forEach(model.scoreLog::promoting);
        promote(clone);
    }

    private static int compare(Resource a, Resource b) {
        if (a.sortingPriority != b.sortingPriority) {
            return Integer.compare(b.sortingPriority, a.sortingPriority);
        }
        Role roleA = a.highestRole(true);
        Role roleB = b.highestRole(true);
        return roleA != roleB ? roleB.compareTo(roleA) : InstanceOrder.compare(a, b);
    }

    private void setPriority(CloneResource clone, Resource instance) {
        instance.forEach(each -> each.role = each.role == Role.STARTED ? Role.UNPROMOTED : each.role);
        Node place = instance.location();
        if (place == null) {
            return;
        }
        switch (instance.highestRole(false)) {
            case UNKNOWN, STARTED -> {
                Score score = score(instance, place);
                instance.priority = score.isDefault() ? -1 : score.value();
            }
            case UNPROMOTED, STOPPED -> instance.priority = -INFINITY;
            case PROMOTED -> {}
        }
        addLocations(instance.locations, instance, place);
        addLocations(clone.locations, instance, place);
        for (Colocation colocation : ColocationLists.withOthers(instance)) {
            effects.apply(instance, colocation.primary(), colocation);
        }
    }

    private static void addLocations(List<Location> locations, Resource instance, Node place) {
        for (Location location : locations) {
            if (location.role() == Role.PROMOTED) {
                for (Location.Entry entry : location.entries()) {
                    if (entry.node() == place) {
                        instance.priority = Scores.add(instance.priority, entry.score());
                    }
                }
            }
        }
    }

    /** What others want who have to be with a promoted instance. */
    private static void addWishes(CloneResource clone) {
        clone.updating = true;
        for (Resource instance : clone.instances) {
            Node place = instance.location();
            if (instance.sortingPriority >= 0 && place != null && clone.table.has(place)) {
                clone.table.add(place, instance.sortingPriority);
            }
        }
        for (Colocation colocation : ColocationLists.othersWith(clone)) {
            if (colocation.primaryRole() == Role.PROMOTED && colocation.influences(clone)) {
                clone.table = Wishes.ofDependent(colocation, clone.table, true, true);
            }
        }
        clone.updating = false;
    }

    private static void setSortingPriority(CloneResource clone, Resource instance) {
        Node place = instance.location();
        if (!instance.managed && instance.highestRole(false) == Role.PROMOTED) {
            instance.sortingPriority = INFINITY;
        } else if (place == null || instance.sortingPriority < 0) {
            instance.sortingPriority = place == null ? -INFINITY : instance.sortingPriority;
        } else if (clone.table.has(place)) {
            instance.sortingPriority = clone.table.score(place);
        }
    }

    private void promote(CloneResource clone) {
        int promoted = 0;
        for (Resource instance : clone.instances) {
            Node place = promotable(clone, instance, promoted);
            if (place == null) {
                dontPromote(instance);
            } else {
                clone.table.count[place.index]++;
                promoted++;
                instance.forEach(Promotion::promote);
            }
        }
    }

    private static void promote(Resource resource) {
        if (resource.nextRole == Role.UNKNOWN) {
            resource.nextRole = Role.PROMOTED;
        }
    }

    private static void dontPromote(Resource instance) {
        instance.forEach(each -> each.nextRole = each.location() == null ? Role.STOPPED : Role.UNPROMOTED);
    }

    /** Where the instance can be promoted; null if it can't. */
    private @Nullable Node promotable(CloneResource clone, Resource instance, int promoted) {
        if (instance.sortingPriority < 0) {
            return null;
        }
        if (promoted >= clone.promotedMax && clone.managed) {
            return null;
        }
        boolean frozen = !model.quorate && model.options.quorumPolicy == Options.QuorumPolicy.FREEZE;
        if (frozen && instance.highestRole(true) != Role.PROMOTED) {
            return null;
        }
        return canBePromoted(clone, instance) ? instance.location() : null;
    }

    private static boolean canBePromoted(CloneResource clone, Resource instance) {
        for (Resource child : instance.children()) {
            if (!canBePromoted(clone, child)) {
                return false;
            }
        }
        Node place = instance.location();
        if (place == null) {
            return false;
        }
        if (!instance.managed) {
            return instance.highestRole(true) == Role.PROMOTED && clone.table.has(place);
        }
        return instance.priority >= 0
                && place.available()
                && isLaunched(place)
                && clone.table.has(place)
                && clone.table.count[place.index] < clone.promotedMaxPerNode;
    }

    private static boolean isLaunched(Node node) {
        return node.connection == null
                || node.connection.container == null
                || node.connection.container.location() != null;
    }

    // Promotion scores

    /** @param isDefault whether nothing says how well it would do there */
    private record Score(int value, boolean isDefault) {
        static final Score NONE = new Score(0, true);
    }

    private Score score(Resource instance, Node node) {
        if (instance instanceof Primitive leaf) {
            return score(leaf, node);
        }
        int sum = 0;
        boolean isDefault = true;
        for (Resource child : instance.children()) {
            Score score = score(child, node);
            sum += score.value();
            isDefault &= score.isDefault();
        }
        return new Score(sum, isDefault);
    }

    private Score score(Primitive leaf, Node node) {
        boolean allowed = leaf.table.has(node) && leaf.table.score(node) >= 0;
        if (!allowed || !applies(leaf, node)) {
            return Score.NONE;
        }
        Map<String, String> attributes = attributes(leaf, node);
        String value = attributes.get("master-" + leaf.historyOrId());
        if (value == null && !leaf.unique) {
            value = attributes.get("master-" + Text.withoutInstance(leaf.id));
        }
        return value == null ? Score.NONE : new Score(model.options.score(value, 0), false);
    }

    /** What runs in a container may have its attributes at the host. */
    private static Map<String, String> attributes(Primitive leaf, Node node) {
        Primitive container = node.connection == null ? null : node.connection.container;
        if (container == null || !"host".equalsIgnoreCase(leaf.meta.get("container-attribute-target"))) {
            return node.attributes;
        }
        Node host = leaf.unassigned ? container.current() : container.assigned;
        return host == null ? node.attributes : host.attributes;
    }

    private static boolean applies(Primitive leaf, Node node) {
        if (!leaf.unique && leaf.top() instanceof CloneResource clone) {
            Primitive active = null;
            boolean probed = false;
            for (Resource instance : clone.instances) {
                for (Primitive other : instance.leaves()) {
                    if (other.baseId.equals(leaf.baseId)) {
                        active = active == null && other.isRunningOn(node) ? other : active;
                        probed |= other.probedOn.contains(node);
                    }
                }
            }
            if (active == leaf || (active == null && probed)) {
                return true;
            }
        }
        return (!leaf.isActive() && leaf.probedOn.isEmpty()) || leaf.probedOn.contains(node) || leaf.isRunningOn(node);
    }
}
