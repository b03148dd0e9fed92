package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.NodeStatus;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node while a plan is made. */
final class NodeModel {

    final int index;
    final NodeId id;
    final String name;
    final NodeStatus status;
    /** Whether it is still in the configuration. */
    final boolean configured;
    /** The devices that can fence it, in the order in which they are tried. */
    final List<FencePath> fencePaths;

    final TreeMap<String, String> attributes = new TreeMap<>();

    /** Primitives placed here so far. */
    int load;

    private boolean standby;
    private @Nullable String fenceReason;

    NodeModel(int index, NodeId id, String name, NodeStatus status, Optional<NodeSpec> spec, List<FencePath> paths) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.status = status;
        this.configured = spec.isPresent();
        this.fencePaths = paths;
        this.standby = status.standby() || status.leaving();
        attributes.putAll(status.attributes());
        spec.ifPresent(node -> attributes.putAll(node.attributes()));
        attributes.put(Expression.NODE_NAME, name);
    }

    boolean isMember() {
        return status.isMember();
    }

    /** Whether operations can be run there: a member that is not about to be fenced. */
    boolean isReachable() {
        return isMember() && fenceReason == null;
    }

    /** Whether resources may be placed there. */
    boolean isAvailable() {
        return isReachable() && configured && !standby && !status.maintenance();
    }

    /** Why nothing may be placed there; empty if something may. */
    String unavailableReason() {
        if (!isMember()) {
            return "not a member";
        }
        if (fenceReason != null) {
            return "to be fenced";
        }
        if (!configured) {
            return "no longer configured";
        }
        if (status.leaving()) {
            return "leaving";
        }
        if (standby) {
            return "in standby";
        }
        return status.maintenance() ? "in maintenance" : "";
    }

    void standBy() {
        standby = true;
    }

    /** Has a member fenced; the first reason stays. */
    void demandFence(String reason) {
        if (fenceReason == null) {
            fenceReason = reason;
        }
    }

    Optional<String> fenceReason() {
        return Optional.ofNullable(fenceReason);
    }

    @Override
    public String toString() {
        return name;
    }
}
