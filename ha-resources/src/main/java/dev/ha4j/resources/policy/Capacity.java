package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What nodes can carry, and what resources weigh. */
final class Capacity {
    private final Model model;
    private final NodeChoice choice;

    Capacity(Model model, NodeChoice choice) {
        this.model = model;
        this.choice = choice;
    }

    /** Q: the node with more room in more respects comes first; this is not transitive. */
    static int compare(Node a, Node b) {
        Set<String> names = new TreeSet<>(a.utilization.keySet());
        names.addAll(b.utilization.keySet());
        int order = 0;
        for (String name : names) {
            order += Integer.compare(b.utilization.getOrDefault(name, 0), a.utilization.getOrDefault(name, 0));
        }
        return order;
    }

    static void take(Node node, Primitive resource) {
        resource.utilization.forEach((name, value) -> node.utilization.merge(name, -value, Integer::sum));
    }

    static void giveBack(Node node, Primitive resource) {
        resource.utilization.forEach((name, value) -> node.utilization.merge(name, value, Integer::sum));
    }

    private static boolean holds(Node node, Map<String, Integer> need) {
        for (Map.Entry<String, Integer> entry : need.entrySet()) {
            if (entry.getValue() > node.utilization.getOrDefault(entry.getKey(), 0)) {
                return false;
            }
        }
        return true;
    }

    /** Bans nodes that have no room; returns the one with the most room if not all that belongs together fits anywhere. */
    @Nullable
    Node heed(Primitive resource) {
        if (model.options.placement == Options.PlacementStrategy.DEFAULT) {
            return null;
        }
        NodeTable table = resource.table;
        Map<String, Integer> whole = need(new ColocatedSet().of(resource));
        boolean fits = false;
        Node roomiest = null;
        for (Node node : table.nodes) {
            if (table.usable(node)) {
                fits |= holds(node, whole);
                if (roomiest == null || compare(node, roomiest) < 0) {
                    roomiest = node;
                }
            }
        }
        Map<String, Integer> weighed = fits ? whole : resource.utilization;
        for (Node node : table.nodes) {
            if (table.usable(node) && !holds(node, weighed)) {
                table.add(node, -Scores.INFINITY);
            }
        }
        model.scoreLog.note(resource, "it has not enough room (utilization)");
        return fits ? null : roomiest;
    }

    private static Map<String, Integer> need(Set<Resource> together) {
        Map<String, Integer> need = new LinkedHashMap<>();
        for (Resource resource : together) {
            if (resource.unassigned) {
                add(need, resource, together);
            }
        }
        return need;
    }

    private static void add(Map<String, Integer> need, Resource resource, Set<Resource> together) {
        if (resource instanceof Primitive primitive) {
            primitive.utilization.forEach((name, value) -> need.merge(name, value, Integer::sum));
        } else if (resource instanceof Group group) {
            addMembers(need, group, together);
        } else if (resource instanceof Bundle bundle) {
            add(need, bundle.containers().get(0), together);
        } else {
            addInstances(need, (CloneResource) resource, together);
        }
    }

    private static void addMembers(Map<String, Integer> need, Group group, Set<Resource> together) {
        for (Primitive member : group.members) {
            if (member.unassigned && !together.contains(member)) {
                add(need, member, together);
            }
        }
    }

    private static void addInstances(Map<String, Integer> need, CloneResource clone, Set<Resource> together) {
        boolean any = false;
        for (Resource instance : clone.instances) {
            if (together.contains(instance)) {
                any = true;
            } else if (instance.children().stream().anyMatch(together::contains)) {
                any = true;
                add(need, instance, together);
            }
        }
        if (!any && !clone.instances.isEmpty()) {
            add(need, clone.instances.get(0), together);
        }
    }

    /** All that has to be on one node with a resource. */
    private static final class ColocatedSet {
        private final Set<Resource> found = new LinkedHashSet<>();

        Set<Resource> of(Resource original) {
            add(original, original);
            return found;
        }

        private void add(Resource resource, Resource original) {
            if (resource instanceof Group group && (group.colocated || group.parent instanceof CloneResource)) {
                found.add(group);
                group.members.forEach(member -> add(member, original));
            } else if (found.add(resource)) {
                addLinked(resource, original);
            }
        }

        private void addLinked(Resource resource, Resource original) {
            for (Colocation colocation : ColocationLists.withOthers(resource)) {
                Resource primary = colocation.primary();
                if (primary != original && concerns(colocation, resource, primary)) {
                    add(primary, original);
                }
            }
            for (Colocation colocation : ColocationLists.othersWith(resource)) {
                Resource dependent = colocation.dependent();
                boolean followed = !(resource instanceof CloneResource) || dependent instanceof CloneResource;
                if (followed && dependent != original && concerns(colocation, dependent, resource)) {
                    add(dependent, original);
                }
            }
        }

        /** Whether it decides about places, as if all were assigned. */
        private static boolean concerns(Colocation colocation, Resource dependent, Resource primary) {
            if (colocation.score() != Scores.INFINITY) {
                return false;
            }
            boolean role = !colocation.dependentRole().isBelow(Role.UNPROMOTED)
                    && dependent.parent != null
                    && dependent.parent.promotable
                    && !dependent.unassigned;
            return !role
                    && isAbout(colocation.dependentRole(), dependent.nextRole)
                    && isAbout(colocation.primaryRole(), primary.nextRole);
        }

        private static boolean isAbout(Role wanted, Role role) {
            return wanted == Role.UNKNOWN || wanted == role;
        }
    }

    // The order in which resources are assigned

    void sortResources() {
        List<Node> nodes = choice.preferredByBaseScore();
        Map<Resource, NodeTable> wishes = new LinkedHashMap<>();
        List<Resource> resources = new ArrayList<>(model.resources);
        MergeSort.sort(resources, (a, b) -> compare(a, b, nodes, wishes));
        model.resources.clear();
        model.resources.addAll(resources);
    }

    private static int compare(Resource a, Resource b, List<Node> nodes, Map<Resource, NodeTable> wishes) {
        if (a.priority != b.priority) {
            return Integer.compare(b.priority, a.priority);
        }
        NodeTable wishA = wishes.computeIfAbsent(a, Wishes::of);
        NodeTable wishB = wishes.computeIfAbsent(b, Wishes::of);
        Node currentA = a.current();
        Node currentB = b.current();
        int byCurrent = Integer.compare(score(wishB, currentB), score(wishA, currentA));
        if (byCurrent != 0) {
            return byCurrent;
        }
        for (Node node : nodes) {
            int order = Integer.compare(score(wishB, node), score(wishA, node));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int score(NodeTable table, @Nullable Node node) {
        return node == null || !table.has(node) ? -Scores.INFINITY : table.score(node);
    }
}
