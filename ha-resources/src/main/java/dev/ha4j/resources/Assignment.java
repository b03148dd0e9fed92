package dev.ha4j.resources;

import dev.ha4j.api.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The third phase: gives each primitive a node and a role. */
final class Assignment {

    private final ClusterModel model;
    private final Wishes wishes;
    private final ColocationRules colocations;

    Assignment(ClusterModel model) {
        this.model = model;
        this.wishes = new Wishes(model.nodes);
        this.colocations = new ColocationRules(model.nodes);
    }

    void run() {
        model.resources.forEach(this::assign);
    }

    /** Assigns a resource, and before it all that it is placed with; a circle of colocations is cut where it closes. */
    private void assign(ResourceModel resource) {
        if (resource.parent != null && !resource.parent.assigning && !resource.parent.assigned) {
            assign(resource.parent);
        }
        if (resource.assigned || resource.assigning) {
            return;
        }
        resource.assigning = true;
        if (resource instanceof CloneModel clone) {
            assignClone(clone);
        } else if (resource instanceof GroupModel group) {
            group.members.forEach(this::assign);
        } else {
            PrimitiveModel leaf = (PrimitiveModel) resource;
            prepare(leaf);
            place(leaf, choose(leaf, node -> true, null));
        }
        resource.assigned = true;
        resource.assigning = false;
    }

    private void assignClone(CloneModel clone) {
        Promotion promotion = new Promotion(model, wishes, clone);
        if (clone.options.promotable()) {
            promotion.preferGoodCandidates();
        }
        clone.thisWith.forEach(colocation -> assign(colocation.primary()));
        clone.withThis.forEach(colocation -> wishes.fold(colocation, clone.table, true));
        new Distribution(model, this, clone).run();
        clone.assigned = true;
        if (clone.options.promotable()) {
            clone.thisWith.forEach(colocation -> assign(colocation.primary()));
            promotion.chooseRoles();
        }
    }

    /** Brings all colocations into the table of a primitive: those that must hold first. */
    void prepare(PrimitiveModel leaf) {
        List<Colocation> thisWith = leaf.allThisWith();
        List<Colocation> withThis = leaf.allWithThis();
        for (boolean mandatory : new boolean[] {true, false}) {
            for (Colocation colocation : thisWith) {
                if (colocation.isMandatory() == mandatory) {
                    assign(colocation.primary());
                    colocations.apply(colocation, leaf);
                }
            }
            for (Colocation colocation : withThis) {
                if (colocation.isMandatory() == mandatory) {
                    wishes.fold(colocation, leaf.table, false);
                }
            }
        }
        if (leaf.next == Role.STOPPED) {
            leaf.table.banAll("is to be stopped");
        }
    }

    /** The node for a primitive whose table is finished. */
    Optional<NodeModel> choose(PrimitiveModel leaf, Predicate<NodeModel> permitted, @Nullable NodeModel preferred) {
        if (!model.manages(leaf)) {
            return leaf.currentNode();
        }
        return new Choice(leaf, leaf.table).best(model.nodes, permitted, preferred);
    }

    /** Puts a primitive on a node, or nowhere. */
    void place(PrimitiveModel leaf, Optional<NodeModel> node) {
        leaf.node = node.orElse(null);
        leaf.assigned = true;
        if (!model.manages(leaf)) {
            leaf.next = leaf.current();
        } else if (node.isEmpty()) {
            leaf.next = Role.STOPPED;
        } else if (leaf.next == null && !leaf.isPromotable()) {
            leaf.next = Role.STARTED;
        }
        node.ifPresent(chosen -> {
            chosen.load++;
            leaf.scoreWhenAssigned = leaf.table.get(chosen.index);
        });
    }

    /** Places an instance of a clone, and the members that follow its first one. */
    void place(ResourceModel instance, Optional<NodeModel> node) {
        if (instance instanceof PrimitiveModel leaf) {
            place(leaf, node);
            return;
        }
        GroupModel group = (GroupModel) instance;
        group.assigning = true;
        place(group.first(), node);
        for (PrimitiveModel member : group.members.subList(1, group.members.size())) {
            prepare(member);
            place(member, choose(member, at -> node.filter(n -> n == at).isPresent(), null));
        }
        group.assigning = false;
        group.assigned = true;
    }
}
