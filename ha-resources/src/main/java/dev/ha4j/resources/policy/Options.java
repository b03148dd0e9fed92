package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of the whole cluster. A value that can't be read counts as the default. */
final class Options {
    private final Map<String, String> values;

    final boolean fencingEnabled;
    final boolean haveWatchdog;
    final boolean concurrentFencing;
    final boolean startupFencing;
    final boolean fenceRemoteWithoutQuorum;
    final boolean maintenance;
    final boolean stopAll;
    final boolean shutdownLock;
    final boolean symmetric;
    final boolean startupProbes;
    final boolean startFailureIsFatal;
    final boolean stopRemovedResources;
    final boolean cancelRemovedActions;
    final String fencingAction;
    final long shutdownLockLimitSeconds;
    final long nodePendingTimeoutSeconds;
    final long priorityFencingDelaySeconds;
    final PlacementStrategy placement;
    final QuorumPolicy quorumPolicy;
    final HealthStrategy healthStrategy;
    final int healthBase;
    final int healthRed;
    final int healthYellow;
    final int healthGreen;

    enum PlacementStrategy {
        DEFAULT,
        UTILIZATION,
        MINIMAL,
        BALANCED
    }

    enum QuorumPolicy {
        STOP,
        FREEZE,
        IGNORE,
        DEMOTE,
        FENCE
    }

    enum HealthStrategy {
        NONE,
        MIGRATE_ON_RED,
        ONLY_GREEN,
        PROGRESSIVE,
        CUSTOM
    }

    Options(Map<String, String> values, boolean quorate, boolean quorumPanic) {
        this.values = values;
        fencingEnabled = truth("fencing-enabled", "stonith-enabled", true);
        haveWatchdog = truth("have-watchdog", "", false);
        concurrentFencing = truth("concurrent-fencing", "", true);
        startupFencing = fencingEnabled && truth("startup-fencing", "", true);
        fenceRemoteWithoutQuorum = truth("fence-remote-without-quorum", "", false);
        maintenance = truth("maintenance-mode", "", false);
        stopAll = truth("stop-all-resources", "", false);
        shutdownLock = truth("shutdown-lock", "", false);
        symmetric = truth("symmetric-cluster", "", true);
        startupProbes = truth("enable-startup-probes", "", true);
        startFailureIsFatal = truth("start-failure-is-fatal", "", true);
        stopRemovedResources = truth("stop-removed-resources", "stop-orphan-resources", true);
        cancelRemovedActions = truth("cancel-removed-actions", "stop-orphan-actions", true);
        fencingAction = "off".equals(get("fencing-action", "stonith-action")) ? "off" : "reboot";
        shutdownLockLimitSeconds = Text.intervalSeconds(values.get("shutdown-lock-limit"));
        nodePendingTimeoutSeconds = Text.intervalSeconds(values.get("node-pending-timeout"));
        priorityFencingDelaySeconds = Text.intervalSeconds(values.get("priority-fencing-delay"));
        placement = choice("placement-strategy", PlacementStrategy.DEFAULT);
        quorumPolicy = quorumPolicy(quorate || quorumPanic);
        healthStrategy = choice("node-health-strategy", HealthStrategy.NONE);
        boolean own = healthStrategy == HealthStrategy.PROGRESSIVE || healthStrategy == HealthStrategy.CUSTOM;
        healthBase = healthStrategy == HealthStrategy.PROGRESSIVE ? health("node-health-base", 0) : 0;
        healthRed = own
                ? health("node-health-red", -Scores.INFINITY)
                : healthStrategy == HealthStrategy.NONE ? 0 : -Scores.INFINITY;
        healthYellow = own
                ? health("node-health-yellow", 0)
                : healthStrategy == HealthStrategy.ONLY_GREEN ? -Scores.INFINITY : 0;
        healthGreen = own ? health("node-health-green", 0) : 0;
    }

    @Nullable
    String clusterName() {
        return values.get("cluster-name");
    }

    private @Nullable String get(String name, String alias) {
        String value = values.get(name);
        return value == null ? values.get(alias) : value;
    }

    private boolean truth(String name, String alias, boolean absent) {
        return Text.truth(get(name, alias)).orElse(absent);
    }

    private int health(String name, int absent) {
        String value = values.get(name);
        return value == null ? absent : Scores.parse(value).orElse(absent);
    }

    private <E extends Enum<E>> E choice(String name, E absent) {
        String value = values.getOrDefault(name, "").toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : absent.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        return absent;
    }

    private QuorumPolicy quorumPolicy(boolean mayFence) {
        if ("suicide".equalsIgnoreCase(values.get("no-quorum-policy"))
                || "fence".equalsIgnoreCase(values.get("no-quorum-policy"))) {
            return fencingEnabled && mayFence ? QuorumPolicy.FENCE : QuorumPolicy.STOP;
        }
        return choice("no-quorum-policy", QuorumPolicy.STOP);
    }

    /** Reads a score, in which the words of node health may stand for numbers. */
    int score(@Nullable String text, int absent) {
        if (text == null) {
            return absent;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "red" -> healthRed;
            case "yellow" -> healthYellow;
            case "green" -> healthGreen;
            default -> Scores.parse(text).orElse(absent);
        };
    }

    boolean isScore(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "red", "yellow", "green" -> true;
            default -> Scores.parse(text).isPresent();
        };
    }
}
