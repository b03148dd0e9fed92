package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.ResourceHistory;
import org.jspecify.annotations.Nullable;

/** Finds the resource that a node's history is about: for an anonymous clone, one instance for each node. */
final class HistoryMapping {
    private final Model model;
    private final UnpackResources unpack;

    HistoryMapping(Model model, UnpackResources unpack) {
        this.model = model;
        this.unpack = unpack;
    }

    Primitive find(ResourceHistory history, Node node) {
        Primitive found = configured(history.id(), node);
        return found == null ? removed(history) : found;
    }

    private @Nullable Primitive configured(String id, Node node) {
        Resource found = model.find(id);
        if (found != null && !(found instanceof Primitive)) {
            return null;
        }
        if (found == null) {
            Resource first = model.find(Text.withoutInstance(id) + ":0");
            found = first != null && !first.unique ? first : null;
        }
        if (found == null) {
            return null;
        }
        Primitive result = (Primitive) found;
        if (!found.unique && found.top() instanceof CloneResource clone) {
            result = clone.parent instanceof Bundle bundle
                    ? inside(bundle, node)
                    : instance(clone, Text.withoutInstance(id), node);
        }
        if (result != null && !id.equals(result.id)) {
            model.nameInHistory(result, id);
        }
        return result;
    }

    private static @Nullable Primitive inside(Bundle bundle, Node node) {
        for (Bundle.Replica replica : bundle.replicas) {
            if (replica.node() == node) {
                return replica.inside();
            }
        }
        return null;
    }

    private @Nullable Primitive instance(CloneResource clone, String base, Node node) {
        Primitive active = null;
        Primitive inactive = null;
        boolean duplicate = false;
        for (Resource instance : clone.instances) {
            Node where = activeOrPending(instance);
            if (where == null && !duplicate && inactive == null && !instance.blocked) {
                inactive = unlessPendingElsewhere(member(instance, base), node);
            } else if (where == node) {
                active = member(instance, base);
                if (active != null && active.isActive()) {
                    duplicate = true;
                    active = null;
                }
            }
            if (active != null) {
                break;
            }
        }
        Primitive found = active != null ? active : duplicate ? null : inactive;
        boolean spared = found != null
                && !found.needsFencing
                && (!node.online || node.unclean)
                && !node.isGuest()
                && clone.max != model.knownNodes();
        return found == null || spared ? anotherInstance(clone, base) : found;
    }

    private static @Nullable Primitive unlessPendingElsewhere(@Nullable Primitive candidate, Node node) {
        boolean elsewhere = candidate != null && candidate.pendingNode != null && candidate.pendingNode != node;
        return elsewhere ? null : candidate;
    }

    private static @Nullable Node activeOrPending(Resource instance) {
        if (instance.isActive()) {
            return instance.running.get(0);
        }
        for (Primitive leaf : instance.leaves()) {
            if (leaf.pendingNode != null) {
                return leaf.pendingNode;
            }
        }
        return null;
    }

    private static @Nullable Primitive member(Resource instance, String base) {
        for (Primitive leaf : instance.leaves()) {
            if (leaf.baseId.equals(base)) {
                return leaf;
            }
        }
        return null;
    }

    private @Nullable Primitive anotherInstance(CloneResource clone, String base) {
        Resource added = unpack.addInstance(clone, clone.instanceCount >= clone.max);
        if (added == null) {
            return null;
        }
        model.register(added);
        return member(added, base);
    }

    private Primitive removed(ResourceHistory history) {
        Primitive removed = unpack.removed(history.id(), history.attributes());
        if (model.options.stopRemovedResources) {
            removed.banEverywhere();
            model.scoreLog.note(removed, "it is not configured any more");
        } else {
            removed.managed = false;
        }
        return removed;
    }
}
