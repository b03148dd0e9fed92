package dev.ha4j.api.state;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.util.Objects;

/**
 * The right of one life of a node to be active in the exclusive role of a resource.
 *
 * @param resource name of the primitive, or of its instance ({@link dev.ha4j.api.config.InstanceName})
 * @param holder the node
 * @param incarnation its life
 * @param token greater than all granted before
 * @param grantedAt version of the state with which the grant came
 */
public record TermGrant(String resource, NodeId holder, Incarnation incarnation, long token, StateVersion grantedAt) {

    public TermGrant {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(grantedAt, "grantedAt");
    }
}
