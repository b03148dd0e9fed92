package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.time.Duration;
import java.util.Objects;

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
        int batchLimit) {

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
            0);

    public ClusterOptions {
        Objects.requireNonNull(noQuorumPolicy, "noQuorumPolicy");
        Objects.requireNonNull(startupGrace, "startupGrace");
        Objects.requireNonNull(defaultStickiness, "defaultStickiness");
        Objects.requireNonNull(defaultTimeout, "defaultTimeout");
        Objects.requireNonNull(fencingTimeout, "fencingTimeout");
        Objects.requireNonNull(recheckInterval, "recheckInterval");
    }

    public ClusterOptions withMaintenance(boolean value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                startupGrace,
                value,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withDefaultStickiness(int value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                startupGrace,
                maintenance,
                Score.of(value),
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withFencingTimeout(Duration value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                startupGrace,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                value,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withFencingEnabled(boolean value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                value,
                startupFencing,
                startupGrace,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withSymmetric(boolean value) {
        return new ClusterOptions(
                value,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                startupGrace,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withNoQuorumPolicy(NoQuorumPolicy value) {
        return new ClusterOptions(
                symmetric,
                value,
                fencingEnabled,
                startupFencing,
                startupGrace,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withStartupFencing(boolean value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                value,
                startupGrace,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withStartupGrace(Duration value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                value,
                maintenance,
                defaultStickiness,
                defaultTimeout,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withDefaultTimeout(Duration value) {
        return new ClusterOptions(
                symmetric,
                noQuorumPolicy,
                fencingEnabled,
                startupFencing,
                startupGrace,
                maintenance,
                defaultStickiness,
                value,
                fencingTimeout,
                recheckInterval,
                batchLimit);
    }

    public ClusterOptions withRecheckInterval(Duration value) {
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
                value,
                batchLimit);
    }

    public ClusterOptions withBatchLimit(int value) {
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
                value);
    }
}
