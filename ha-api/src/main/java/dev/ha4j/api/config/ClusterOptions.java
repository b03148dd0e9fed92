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
        return edited(copy -> copy.maintenance = value);
    }

    public ClusterOptions withDefaultStickiness(int value) {
        return edited(copy -> copy.defaultStickiness = Score.of(value));
    }

    public ClusterOptions withFencingTimeout(Duration value) {
        return edited(copy -> copy.fencingTimeout = value);
    }

    public ClusterOptions withFencingEnabled(boolean value) {
        return edited(copy -> copy.fencingEnabled = value);
    }

    public ClusterOptions withSymmetric(boolean value) {
        return edited(copy -> copy.symmetric = value);
    }

    public ClusterOptions withNoQuorumPolicy(NoQuorumPolicy value) {
        return edited(copy -> copy.noQuorumPolicy = value);
    }

    public ClusterOptions withStartupFencing(boolean value) {
        return edited(copy -> copy.startupFencing = value);
    }

    public ClusterOptions withStartupGrace(Duration value) {
        return edited(copy -> copy.startupGrace = value);
    }

    public ClusterOptions withDefaultTimeout(Duration value) {
        return edited(copy -> copy.defaultTimeout = value);
    }

    public ClusterOptions withRecheckInterval(Duration value) {
        return edited(copy -> copy.recheckInterval = value);
    }

    public ClusterOptions withBatchLimit(int value) {
        return edited(copy -> copy.batchLimit = value);
    }

    private ClusterOptions edited(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /** In which one option is changed. */
    private static final class Copy {
        private boolean symmetric;
        private NoQuorumPolicy noQuorumPolicy;
        private boolean fencingEnabled;
        private boolean startupFencing;
        private Duration startupGrace;
        private boolean maintenance;
        private Score defaultStickiness;
        private Duration defaultTimeout;
        private Duration fencingTimeout;
        private Duration recheckInterval;
        private int batchLimit;

        Copy(ClusterOptions from) {
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
        }

        ClusterOptions options() {
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
                    batchLimit);
        }
    }
}
