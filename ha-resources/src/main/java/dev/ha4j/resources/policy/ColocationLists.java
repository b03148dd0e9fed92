package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The colocations that a resource has to heed: its own, and what its collectives contribute. */
final class ColocationLists {
    private ColocationLists() {}

    /** Those in which it depends on another. */
    static List<Colocation> withOthers(Resource resource) {
        return new Gathering(true).of(resource);
    }

    /** Those in which another depends on it. */
    static List<Colocation> othersWith(Resource resource) {
        return new Gathering(false).of(resource);
    }

    /** One direction of colocations. */
    private static final class Gathering {
        private final boolean dependent;
        private final Comparator<Colocation> order;
        private final List<Colocation> list = new ArrayList<>();

        Gathering(boolean dependent) {
            this.dependent = dependent;
            this.order =
                    dependent ? ColocationConstraints::compareByPrimary : ColocationConstraints::compareByDependent;
        }

        List<Colocation> of(Resource resource) {
            if (resource instanceof Primitive) {
                list.addAll(own(resource));
                if (resource.parent != null) {
                    contribute(resource.parent, resource);
                }
            } else {
                contribute(resource, resource);
            }
            return list;
        }

        private List<Colocation> own(Resource resource) {
            return dependent ? resource.withOthers : resource.othersWith;
        }

        private void contribute(Resource collective, Resource original) {
            if (collective instanceof Group group) {
                contribute(group, original);
            } else if (collective instanceof Bundle bundle) {
                if (speaksFor(bundle, original)) {
                    join(own(bundle));
                }
            } else if (collective instanceof CloneResource) {
                join(own(collective));
                if (collective.parent != null) {
                    contribute(collective.parent, original);
                }
            }
        }

        /** Q: what runs inside minds the bundle's colocations only once roles are chosen; containers always do. */
        private static boolean speaksFor(Bundle bundle, Resource original) {
            if (original == bundle || bundle.replicaOf(original) != null) {
                return true;
            }
            CloneResource inside = bundle.inside;
            if (inside == null || !inside.promotable) {
                return false;
            }
            return original == inside ? inside.choosingRoles : original.parent == inside && !original.unassigned;
        }

        private void contribute(Group group, Resource original) {
            Primitive speaker = dependent ? group.first() : group.last();
            if (original != group && original != speaker) {
                contributeToInner(group, original);
                return;
            }
            join(own(group));
            if (group.parent != null) {
                contribute(group.parent, original);
            }
            if (group.colocated) {
                for (Primitive member : group.members) {
                    if (member != original) {
                        own(member).stream().filter(Colocation::explicit).forEach(this::add);
                    }
                }
            }
        }

        /** An unmanaged member breaks the chain through which the later ones heed the group's colocations. */
        private void contributeToInner(Group group, Resource original) {
            if (!dependent) {
                return;
            }
            for (Primitive member : group.members) {
                if (member == original) {
                    return;
                }
                if (!member.managed) {
                    own(group).stream()
                            .filter(colocation -> colocation.score() == Scores.INFINITY)
                            .forEach(this::add);
                    return;
                }
            }
        }

        private void add(Colocation colocation) {
            MergeSort.insert(list, colocation, order);
        }

        /** Q: joined to a list that is not empty, only the first of the others comes in, as often as there are others. */
        private void join(List<Colocation> others) {
            if (list.isEmpty()) {
                list.addAll(others);
            } else {
                others.forEach(each -> add(others.get(0)));
            }
        }
    }
}
