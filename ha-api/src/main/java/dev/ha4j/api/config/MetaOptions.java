package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
        boolean allowMigrate) {

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
        return new MetaOptions(
                value,
                targetRole,
                managed,
                stickiness,
                migrationThreshold,
                failureTimeout,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withTargetRole(Role value) {
        return new MetaOptions(
                priority,
                Optional.of(value),
                managed,
                stickiness,
                migrationThreshold,
                failureTimeout,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withManaged(boolean value) {
        return new MetaOptions(
                priority,
                targetRole,
                value,
                stickiness,
                migrationThreshold,
                failureTimeout,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withStickiness(Score value) {
        return new MetaOptions(
                priority,
                targetRole,
                managed,
                Optional.of(value),
                migrationThreshold,
                failureTimeout,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withMigrationThreshold(Score value) {
        return new MetaOptions(
                priority,
                targetRole,
                managed,
                stickiness,
                value,
                failureTimeout,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withFailureTimeout(Duration value) {
        return new MetaOptions(
                priority,
                targetRole,
                managed,
                stickiness,
                migrationThreshold,
                value,
                requires,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withRequires(ProofLevel value) {
        return new MetaOptions(
                priority,
                targetRole,
                managed,
                stickiness,
                migrationThreshold,
                failureTimeout,
                value,
                humanMayConfirm,
                multipleActive,
                critical,
                allowMigrate);
    }

    public MetaOptions withHumanMayConfirm(boolean value) {
        return new MetaOptions(
                priority,
                targetRole,
                managed,
                stickiness,
                migrationThreshold,
                failureTimeout,
                requires,
                value,
                multipleActive,
                critical,
                allowMigrate);
    }
}
