package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options that any resource has ({@code meta_attributes}).
 *
 * @param priority which resource is given up first if not all can run; higher stays
 * @param targetRole the highest role that it may have; empty for no limit
 * @param managed whether the cluster may start and stop it
 * @param stickiness how much it prefers to stay where it is; empty for the cluster's default
 * @param migrationThreshold failures on a node after which it may not run there
 * @param failureTimeout time after which a failure is forgotten; zero for never
 * @param requires the proof of a lost node's end that an exclusive role demands before it is taken over
 * @param humanMayConfirm whether an operator's confirmation counts as proof
 * @param multipleActive what to do if it is active on too many nodes
 * @param critical whether resources that it is colocated with may be moved for its sake
 * @param allowMigrate whether it can be moved without being stopped
 * @param allowUnhealthyNodes whether it stays where the health of the node is bad ({@code allow-unhealthy-nodes})
 */
public record MetaOptions(
        int priority,
        Optional<Role> targetRole,
        boolean managed,
        Optional<Score> stickiness,
        Score migrationThreshold,
        Duration failureTimeout,
        ProofLevel requires,
        boolean humanMayConfirm,
        MultipleActive multipleActive,
        boolean critical,
        boolean allowMigrate,
        boolean allowUnhealthyNodes) {

    /** What a resource has if nothing else is said. */
    public static final MetaOptions DEFAULTS = new MetaOptions(
            0,
            Optional.empty(),
            true,
            Optional.empty(),
            Score.INFINITY,
            Duration.ZERO,
            ProofLevel.POWER_VERIFIED,
            true,
            MultipleActive.STOP_START,
            true,
            false,
            false);

    public MetaOptions {
        Objects.requireNonNull(targetRole, "targetRole");
        Objects.requireNonNull(stickiness, "stickiness");
        Objects.requireNonNull(migrationThreshold, "migrationThreshold");
        Objects.requireNonNull(failureTimeout, "failureTimeout");
        Objects.requireNonNull(requires, "requires");
        Objects.requireNonNull(multipleActive, "multipleActive");
    }

    public MetaOptions withPriority(int value) {
        return change(it -> it.priority = value);
    }

    public MetaOptions withTargetRole(Role value) {
        return change(it -> it.targetRole = Optional.of(value));
    }

    public MetaOptions withManaged(boolean value) {
        return change(it -> it.managed = value);
    }

    public MetaOptions withStickiness(Score value) {
        return change(it -> it.stickiness = Optional.of(value));
    }

    public MetaOptions withMigrationThreshold(Score value) {
        return change(it -> it.migrationThreshold = value);
    }

    public MetaOptions withFailureTimeout(Duration value) {
        return change(it -> it.failureTimeout = value);
    }

    public MetaOptions withRequires(ProofLevel value) {
        return change(it -> it.requires = value);
    }

    public MetaOptions withHumanMayConfirm(boolean value) {
        return change(it -> it.humanMayConfirm = value);
    }

    public MetaOptions withMultipleActive(MultipleActive value) {
        return change(it -> it.multipleActive = value);
    }

    public MetaOptions withCritical(boolean value) {
        return change(it -> it.critical = value);
    }

    public MetaOptions withAllowMigrate(boolean value) {
        return change(it -> it.allowMigrate = value);
    }

    public MetaOptions withAllowUnhealthyNodes(boolean value) {
        return change(it -> it.allowUnhealthyNodes = value);
    }

    private MetaOptions change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same values, one of which is about to change. */
    private static final class Draft {
        int priority;
        Optional<Role> targetRole;
        boolean managed;
        Optional<Score> stickiness;
        Score migrationThreshold;
        Duration failureTimeout;
        ProofLevel requires;
        boolean humanMayConfirm;
        MultipleActive multipleActive;
        boolean critical;
        boolean allowMigrate;
        boolean allowUnhealthyNodes;

        Draft(MetaOptions from) {
            priority = from.priority;
            targetRole = from.targetRole;
            managed = from.managed;
            stickiness = from.stickiness;
            migrationThreshold = from.migrationThreshold;
            failureTimeout = from.failureTimeout;
            requires = from.requires;
            humanMayConfirm = from.humanMayConfirm;
            multipleActive = from.multipleActive;
            critical = from.critical;
            allowMigrate = from.allowMigrate;
            allowUnhealthyNodes = from.allowUnhealthyNodes;
        }

        MetaOptions done() {
            return new MetaOptions(
                    priority,
                    targetRole,
                    managed,
                    stickiness,
                    migrationThreshold,
                    failureTimeout,
                    requires,
                    humanMayConfirm,
                    multipleActive,
                    critical,
                    allowMigrate,
                    allowUnhealthyNodes);
        }
    }
}
