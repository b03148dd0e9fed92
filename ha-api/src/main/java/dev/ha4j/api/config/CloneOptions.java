package dev.ha4j.api.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How a clone spreads.
 *
 * @param max instances in the cluster ({@code clone-max}); empty for as many as there are nodes
 * @param nodeMax instances on one node ({@code clone-node-max})
 * @param min instances that have to run before what is ordered after the clone starts ({@code clone-min})
 * @param promotable whether instances can be promoted
 * @param promotedMax promoted instances in the cluster ({@code promoted-max})
 * @param promotedNodeMax promoted instances on one node ({@code promoted-node-max})
 * @param interleave whether an instance waits only for the other clone's instance on its own node
 * @param ordered whether instances start one after the other
 * @param notifications whether instances hear of each other's operations before and after
 * @param globallyUnique whether instances differ from each other; only these may share a node, and none of them is promoted
 */
public record CloneOptions(
        OptionalInt max,
        int nodeMax,
        int min,
        boolean promotable,
        int promotedMax,
        int promotedNodeMax,
        boolean interleave,
        boolean ordered,
        boolean notifications,
        boolean globallyUnique) {

    /** One instance on each node, none promoted. */
    public static final CloneOptions EVERYWHERE =
            new CloneOptions(OptionalInt.empty(), 1, 0, false, 0, 0, false, false, false, false);

    /** One instance on each node, one of them promoted. */
    public static final CloneOptions ONE_PROMOTED =
            new CloneOptions(OptionalInt.empty(), 1, 0, true, 1, 1, false, false, false, false);

    /** Instances for {@link #unique}, on one node any number of them. */
    public static final int MAX_INSTANCES = 384;

    /**
     * So many instances, numbered from 0 on, each of which differs from the others and is active on one node at a time, in a term of
     * its own, as if it were a resource of its own. They are spread evenly; where nodes are missing one node has several.
     */
    public static CloneOptions unique(int instances) {
        return new CloneOptions(OptionalInt.of(instances), MAX_INSTANCES, 0, false, 0, 0, false, false, false, true);
    }

    /** What operations of a primitive that is cloned in this way go by: itself, or each of its instances where they differ. */
    public List<String> instances(String primitive) {
        return globallyUnique
                ? IntStream.range(0, max.orElse(0))
                        .mapToObj(number -> InstanceName.of(primitive, number).toString())
                        .toList()
                : List.of(primitive);
    }

    /** At most so many instances on one node. */
    public CloneOptions withNodeMax(int instances) {
        return with(max, instances, promotedMax);
    }

    /** Instances hear of each other's operations, before and after: they are a {@link dev.ha4j.api.NotifiedResource}. */
    public CloneOptions withNotifications() {
        return new CloneOptions(
                max, nodeMax, min, promotable, promotedMax, promotedNodeMax, interleave, ordered, true, globallyUnique);
    }

    public CloneOptions withMax(int instances) {
        return with(OptionalInt.of(instances), nodeMax, promotedMax);
    }

    public CloneOptions withPromotedMax(int instances) {
        return with(max, nodeMax, instances);
    }

    private CloneOptions with(OptionalInt newMax, int newNodeMax, int newPromotedMax) {
        return new CloneOptions(
                newMax,
                newNodeMax,
                min,
                promotable,
                newPromotedMax,
                promotedNodeMax,
                interleave,
                ordered,
                notifications,
                globallyUnique);
    }
}
