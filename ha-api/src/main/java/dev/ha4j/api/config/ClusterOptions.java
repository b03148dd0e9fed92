package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Options of the whole cluster ({@code crm_config}).
 *
 * @param symmetric whether a resource may run on any node unless a constraint says otherwise ({@code symmetric-cluster})
 * @param noQuorumPolicy what a node without quorum does with its resources
 * @param fencingEnabled whether lost nodes are fenced ({@code fencing-enabled})
 * @param startupFencing whether nodes never seen are taken for lost ({@code startup-fencing})
 * @param startupGrace how long a cluster that has quorum for the first time waits for nodes never seen before it fences them;
 *     until then they may just be starting (20 s, like {@code dc-deadtime})
 * @param maintenance whether the cluster touches no resource ({@code maintenance-mode})
 * @param defaultStickiness stickiness of resources that name none
 * @param defaultTimeout timeout of operations that name none (20 s)
 * @param fencingTimeout time for one fencing attempt ({@code fencing-timeout}, 60 s)
 * @param recheckInterval longest time between two plans ({@code cluster-recheck-interval}, 15 min)
 * @param batchLimit operations that may be under way in the cluster at one time ({@code batch-limit}); 0 for no limit
 * @param placement what decides where a resource goes, besides scores ({@code placement-strategy})
 * @param health what the health of a node means for its resources ({@code node-health-strategy})
 */
public record ClusterOptions(
        boolean symmetric,
        NoQuorumPolicy noQuorumPolicy,
        boolean fencingEnabled,
        boolean startupFencing,
        Duration startupGrace,
        boolean maintenance,
        Score defaultStickiness,
        Duration defaultTimeout,
        Duration fencingTimeout,
        Duration recheckInterval,
        int batchLimit,
        PlacementStrategy placement,
        HealthOptions health) {

    public static final ClusterOptions DEFAULTS = new ClusterOptions(
            true,
            NoQuorumPolicy.STOP,
            true,
            true,
            Duration.ofSeconds(20),
            false,
            Score.ZERO,
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            0,
            PlacementStrategy.DEFAULT,
            HealthOptions.NONE);

    public ClusterOptions {
        Objects.requireNonNull(noQuorumPolicy, "noQuorumPolicy");
        Objects.requireNonNull(startupGrace, "startupGrace");
        Objects.requireNonNull(defaultStickiness, "defaultStickiness");
        Objects.requireNonNull(defaultTimeout, "defaultTimeout");
        Objects.requireNonNull(fencingTimeout, "fencingTimeout");
        Objects.requireNonNull(recheckInterval, "recheckInterval");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(health, "health");
    }

    public ClusterOptions withSymmetric(boolean value) {
        return change(it -> it.symmetric = value);
    }

    public ClusterOptions withNoQuorumPolicy(NoQuorumPolicy value) {
        return change(it -> it.noQuorumPolicy = value);
    }

    public ClusterOptions withFencingEnabled(boolean value) {
        return change(it -> it.fencingEnabled = value);
    }

    public ClusterOptions withStartupFencing(boolean value) {
        return change(it -> it.startupFencing = value);
    }

    public ClusterOptions withStartupGrace(Duration value) {
        return change(it -> it.startupGrace = value);
    }

    public ClusterOptions withMaintenance(boolean value) {
        return change(it -> it.maintenance = value);
    }

    public ClusterOptions withDefaultStickiness(int value) {
        return change(it -> it.defaultStickiness = Score.of(value));
    }

    public ClusterOptions withDefaultTimeout(Duration value) {
        return change(it -> it.defaultTimeout = value);
    }

    public ClusterOptions withFencingTimeout(Duration value) {
        return change(it -> it.fencingTimeout = value);
    }

    public ClusterOptions withRecheckInterval(Duration value) {
        return change(it -> it.recheckInterval = value);
    }

    public ClusterOptions withBatchLimit(int value) {
        return change(it -> it.batchLimit = value);
    }

    public ClusterOptions withPlacement(PlacementStrategy value) {
        return change(it -> it.placement = value);
    }

    public ClusterOptions withHealth(HealthOptions value) {
        return change(it -> it.health = value);
    }

    private ClusterOptions change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same values, one of which is about to change. */
    private static final class Draft {
        boolean symmetric;
        NoQuorumPolicy noQuorumPolicy;
        boolean fencingEnabled;
        boolean startupFencing;
        Duration startupGrace;
        boolean maintenance;
        Score defaultStickiness;
        Duration defaultTimeout;
        Duration fencingTimeout;
        Duration recheckInterval;
        int batchLimit;
        PlacementStrategy placement;
        HealthOptions health;

        Draft(ClusterOptions from) {
            symmetric = from.symmetric;
            noQuorumPolicy = from.noQuorumPolicy;
            fencingEnabled = from.fencingEnabled;
            startupFencing = from.startupFencing;
            startupGrace = from.startupGrace;
            maintenance = from.maintenance;
            defaultStickiness = from.defaultStickiness;
            defaultTimeout = from.defaultTimeout;
            fencingTimeout = from.fencingTimeout;
            recheckInterval = from.recheckInterval;
            batchLimit = from.batchLimit;
            placement = from.placement;
            health = from.health;
        }

        ClusterOptions done() {
            return new ClusterOptions(
                    symmetric,
                    noQuorumPolicy,
                    fencingEnabled,
                    startupFencing,
                    startupGrace,
                    maintenance,
                    defaultStickiness,
                    defaultTimeout,
                    fencingTimeout,
                    recheckInterval,
                    batchLimit,
                    placement,
                    health);
        }
    }
}
