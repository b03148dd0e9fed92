package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the containers of a bundle their hosts; all else follows them. */
final class BundleAssignment {
    private final Model model;
    private final Assignment assignment;

    BundleAssignment(Model model, Assignment assignment) {
        this.model = model;
        this.assignment = assignment;
    }

    /** Q: one that is being assigned is assigned again if a colocation leads back to it. */
    void assign(Bundle bundle, @Nullable Node preferred) {
        bundle.assigning = true;
        model.scoreLog.assigning(ScoreLog.Kind.BUNDLE, bundle);
        List<Resource> containers = new ArrayList<>(bundle.containers());
        MergeSort.sort(containers, InstanceOrder::compare);
        new Distribution(model, assignment, bundle, containers, containers.size(), bundle.maxPerHost).run();
        bundle.replicas.forEach(replica -> follow(replica, preferred));
        if (bundle.inside != null) {
            openContainers(bundle, bundle.inside);
            assignment.assign(bundle.inside, preferred, true);
        }
        bundle.assigning = false;
        bundle.unassigned = false;
    }

    private void follow(Bundle.Replica replica, @Nullable Node preferred) {
        if (replica.address() != null) {
            assignment.assign(replica.address(), preferred, true);
        }
        if (replica.connection() != null) {
            shareConnection(replica.connection(), replica.container().assigned);
            assignment.assign(replica.connection(), preferred, true);
        }
        if (replica.inside() != null && replica.node() != null) {
            assignInside(replica.inside(), replica.node());
        }
    }

    /** A host that is a remote node itself is reached by one member at a time. */
    private static void shareConnection(Primitive connection, @Nullable Node host) {
        if (host != null && host.connection != null) {
            InternalOrderings.colocate(
                    "#child-remote-with-docker-remote", connection, host.connection, Scores.INFINITY, true);
        }
    }

    private void assignInside(Primitive inside, Node own) {
        NodeTable table = inside.table;
        for (Node node : model.nodes) {
            if (table.has(node) && node != own) {
                table.score[node.index] = -Scores.INFINITY;
            } else if (table.has(node) && !inside.bannedByFailures.contains(node)) {
                table.score[node.index] = Scores.INFINITY;
            }
        }
        Resource clone = Objects.requireNonNull(inside.parent);
        boolean before = clone.assigning;
        clone.assigning = true;
        assignment.assign(inside, own, true);
        clone.assigning = before;
    }

    private static void openContainers(Bundle bundle, CloneResource inside) {
        NodeTable table = inside.table;
        for (Node node : table.nodes) {
            if (table.has(node)) {
                table.score[node.index] = bundle.has(node) ? 0 : -Scores.INFINITY;
            }
        }
    }
}
