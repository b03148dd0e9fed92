package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where resources should be, and why there.
 *
 * @param scores by name of the resource, then by node; nodes where it may not run at all are included with their reason
 * @param roles by name of the primitive: the role it should have, on the nodes where it should be active
 */
public record Placement(
        SortedMap<String, SortedMap<NodeId, NodeScore>> scores, SortedMap<String, SortedMap<NodeId, Role>> roles) {

    public static final Placement NONE = new Placement(new TreeMap<>(), new TreeMap<>());

    /**
     * The score of one resource on one node.
     *
     * @param total the sum
     * @param contributions what it was made of, in order
     */
    public record NodeScore(Score total, List<Contribution> contributions) {
        public NodeScore {
            Objects.requireNonNull(total, "total");
            contributions = List.copyOf(contributions);
        }
    }

    /**
     * A part of a score.
     *
     * @param score added
     * @param reason in words
     */
    public record Contribution(Score score, String reason) {
        public Contribution {
            Objects.requireNonNull(score, "score");
            Objects.requireNonNull(reason, "reason");
        }
    }

    public Placement {
        scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
    }

    /** The role that the primitive should have on the node. */
    public Role role(String primitive, NodeId node) {
        SortedMap<NodeId, Role> byNode = roles.get(primitive);
        return byNode == null ? Role.STOPPED : byNode.getOrDefault(node, Role.STOPPED);
    }
}
