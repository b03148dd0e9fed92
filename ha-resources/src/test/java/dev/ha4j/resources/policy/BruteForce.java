package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Scores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All placements of a small cluster that keep what is mandatory. A placement has a node for each resource, or {@link #NOWHERE}. */
final class BruteForce {

    static final int NOWHERE = -1;

    private final SmallCluster cluster;

    BruteForce(SmallCluster cluster) {
        this.cluster = cluster;
    }

    /** Where things are in a state in which nothing is left to be done. */
    int[] placement(PolicyInput settled, Instant now) {
        Map<String, Map<String, List<String>>> status = PolicyEngine.status(settled, now);
        int[] placement = new int[cluster.primitives().size()];
        for (int resource = 0; resource < placement.length; resource++) {
            Map<String, List<String>> nodes = status.getOrDefault(SmallCluster.resource(resource), Map.of());
            placement[resource] = nodes.isEmpty()
                    ? NOWHERE
                    : Integer.parseInt(nodes.keySet().iterator().next().substring("node".length()));
        }
        return placement;
    }

    boolean keepsWhatIsMandatory(int[] placement) {
        for (int resource = 0; resource < placement.length; resource++) {
            if (placement[resource] != NOWHERE && !mayBe(resource, placement[resource], placement)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing that is mandatory forbids the resource the node, given where the others are. */
    boolean mayBe(int resource, int node, int[] placement) {
        boolean allowed = !cluster.standby().get(node) && cluster.score(resource, node) > -Scores.INFINITY;
        for (SmallCluster.Colocation with : cluster.colocations()) {
            if (with.dependent() == resource) {
                allowed &= with.score() != Scores.INFINITY || placement[with.primary()] == node;
                allowed &= with.score() != -Scores.INFINITY || placement[with.primary()] != node;
            }
        }
        for (SmallCluster.Order order : cluster.orders()) {
            allowed &= order.then() != resource || placement[order.first()] != NOWHERE;
        }
        return allowed;
    }

    /** All placements that keep what is mandatory. */
    List<int[]> all() {
        List<int[]> kept = new ArrayList<>();
        int[] placement = new int[cluster.primitives().size()];
        fill(placement, 0, kept);
        return kept;
    }

    private void fill(int[] placement, int resource, List<int[]> kept) {
        if (resource == placement.length) {
            if (keepsWhatIsMandatory(placement)) {
                kept.add(placement.clone());
            }
            return;
        }
        for (int node = NOWHERE; node < cluster.standby().size(); node++) {
            placement[resource] = node;
            fill(placement, resource + 1, kept);
        }
    }
}
