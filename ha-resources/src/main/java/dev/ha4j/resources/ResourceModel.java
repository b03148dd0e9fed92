package dev.ha4j.resources;

import dev.ha4j.api.config.MetaOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A resource while a plan is made: an instance of a primitive, a group, or a clone. */
abstract sealed class ResourceModel permits PrimitiveModel, GroupModel, CloneModel {

    /** The order in which colocations of one resource are looked at. */
    private static final Comparator<ResourceModel> WEIGHT = Comparator.comparingInt((ResourceModel r) -> -r.priority())
            .thenComparingInt(r -> -r.rank())
            .thenComparing(ResourceModel::id);

    private final String id;
    final MetaOptions meta;
    final @Nullable ResourceModel parent;
    final ScoreTable table;

    /** Colocations in which this one depends, weightiest primary first. */
    final List<Colocation> thisWith = new ArrayList<>();

    /** Colocations in which this one decides, weightiest dependent first. */
    final List<Colocation> withThis = new ArrayList<>();

    boolean assigned;
    boolean assigning;
    boolean updating;

    ResourceModel(String id, MetaOptions meta, @Nullable ResourceModel parent, ScoreTable table) {
        this.id = id;
        this.meta = meta;
        this.parent = parent;
        this.table = table;
    }

    /** Name, unique in the plan: instances of clones have {@code :n} behind it. */
    final String id() {
        return id;
    }

    /** Place among the kinds: primitive, group, clone, promotable clone. */
    abstract int rank();

    abstract List<? extends ResourceModel> children();

    /** All primitives in it, in order. */
    abstract Stream<PrimitiveModel> leaves();

    /** Nodes that were chosen, without duplicates, in order of the leaves. */
    final List<NodeModel> assignedNodes() {
        return leaves().flatMap(leaf -> Stream.ofNullable(leaf.node)).distinct().toList();
    }

    /** Nodes where something of it is active now. */
    final List<NodeModel> activeNodes() {
        return leaves().flatMap(leaf -> leaf.activeOn.stream()).distinct().toList();
    }

    final ResourceModel top() {
        return parent == null ? this : parent.top();
    }

    final int priority() {
        return meta.priority() != 0 || parent == null ? meta.priority() : parent.priority();
    }

    final void addThisWith(Colocation colocation) {
        thisWith.add(colocation);
        thisWith.sort(Comparator.comparing(Colocation::primary, WEIGHT));
    }

    final void addWithThis(Colocation colocation) {
        withThis.add(colocation);
        withThis.sort(Comparator.comparing(Colocation::dependent, WEIGHT));
    }

    /** All colocations that place this one, with those of the parents that come to bear on it. */
    final List<Colocation> allThisWith() {
        List<Colocation> all = new ArrayList<>(thisWith);
        for (ResourceModel at = this; at.parent != null && at.parent.leads(at); at = at.parent) {
            all.addAll(at.parent.thisWith);
        }
        return all;
    }

    /** All colocations that this one places, with those of the parents that it answers for. */
    final List<Colocation> allWithThis() {
        List<Colocation> all = new ArrayList<>(withThis);
        for (ResourceModel at = this; at.parent != null && at.parent.closes(at); at = at.parent) {
            all.addAll(at.parent.withThis);
        }
        return all;
    }

    /** Whether the child takes what this one as a dependent is told. */
    abstract boolean leads(ResourceModel child);

    /** Whether the child passes on what dependents of this one wish. */
    abstract boolean closes(ResourceModel child);

    @Override
    public String toString() {
        return id;
    }
}
