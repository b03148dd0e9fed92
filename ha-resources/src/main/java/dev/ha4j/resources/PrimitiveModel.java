package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One instance of a primitive. */
final class PrimitiveModel extends ResourceModel {

    final Primitive spec;
    /** What is known of it, by index of the node; shared by all instances of an anonymous clone. */
    final LocalState[] states;

    /** Members on which this instance is active now. */
    final List<NodeModel> activeOn = new ArrayList<>();

    /** Steps of this instance, in the order in which they were made. */
    final List<Step> steps = new ArrayList<>();

    @Nullable
    NodeModel node;
    /** The role it is to have; unknown before it was placed. */
    @Nullable
    Role next;

    int scoreWhenAssigned;
    int promotionPriority = -1;
    boolean blocked;
    boolean removed;

    PrimitiveModel(String id, Primitive spec, @Nullable ResourceModel parent, LocalState[] states, ScoreTable table) {
        super(id, spec.meta(), parent, table);
        this.spec = spec;
        this.states = states;
    }

    /** Name that operations are recorded under. */
    String name() {
        return spec.id();
    }

    LocalState at(NodeModel where) {
        return states[where.index];
    }

    Role current() {
        Role highest = Role.STOPPED;
        for (NodeModel active : activeOn) {
            Role role = at(active).role;
            highest = role.compareTo(highest) > 0 ? role : highest;
        }
        return highest;
    }

    Optional<NodeModel> currentNode() {
        return activeOn.stream().findFirst();
    }

    Optional<CloneModel> inClone() {
        return top() instanceof CloneModel clone ? Optional.of(clone) : Optional.empty();
    }

    boolean isPromotable() {
        return inClone().map(c -> c.options.promotable()).orElse(false);
    }

    /** The role of a running instance that is not promoted. */
    Role baseRole() {
        return isPromotable() ? Role.UNPROMOTED : Role.STARTED;
    }

    /** The operation after which only one node may be active. */
    Optional<OperationName> exclusiveOperation() {
        if (inClone().isEmpty()) {
            return Optional.of(OperationName.START);
        }
        return isPromotable() ? Optional.of(OperationName.PROMOTE) : Optional.empty();
    }

    boolean isManaged() {
        for (ResourceModel at = this; at != null; at = at.parent) {
            if (!at.meta.managed()) {
                return false;
            }
        }
        return !blocked && activeOn.stream().noneMatch(active -> active.status.maintenance());
    }

    boolean isFailed() {
        return activeOn.stream().anyMatch(active -> at(active).failed());
    }

    /** The lowest role that this one's or a parent's target role allows. */
    Optional<Role> targetRole() {
        Optional<Role> lowest = Optional.empty();
        for (ResourceModel at = this; at != null; at = at.parent) {
            Optional<Role> own = at.meta.targetRole();
            lowest = own.isPresent() && (lowest.isEmpty() || own.get().compareTo(lowest.get()) < 0) ? own : lowest;
        }
        return lowest;
    }

    boolean isWanted() {
        return targetRole().filter(role -> role == Role.STOPPED).isEmpty();
    }

    /** Instances of clones stay where they are unless something else is said. */
    int stickiness(Score clusterDefault) {
        for (ResourceModel at = this; at != null; at = at.parent) {
            if (at.meta.stickiness().isPresent()) {
                return at.meta.stickiness().get().value();
            }
        }
        return inClone().isPresent() && clusterDefault.value() == 0 ? 1 : clusterDefault.value();
    }

    Score migrationThreshold() {
        boolean inherits = meta.migrationThreshold().equals(MetaOptions.DEFAULTS.migrationThreshold());
        return inherits && parent != null ? parent.meta.migrationThreshold() : meta.migrationThreshold();
    }

    Duration failureTimeout() {
        return meta.failureTimeout().isZero() && parent != null ? parent.meta.failureTimeout() : meta.failureTimeout();
    }

    @Override
    int rank() {
        return 0;
    }

    @Override
    List<ResourceModel> children() {
        return List.of();
    }

    @Override
    Stream<PrimitiveModel> leaves() {
        return Stream.of(this);
    }

    @Override
    boolean leads(ResourceModel child) {
        return false;
    }

    @Override
    boolean closes(ResourceModel child) {
        return false;
    }
}
