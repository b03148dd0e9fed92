package dev.ha4j.resources.verification;

import java.util.Map;
import java.util.TreeMap;

/** Options by their names, and what they take. Old names are as good as new ones. */
final class KnownOptions {
    static final Map<String, Value> CLUSTER = new TreeMap<>();
    static final Map<String, Value> RESOURCE = new TreeMap<>();
    static final Map<String, Value> CLONE = new TreeMap<>();
    static final Map<String, Value> OPERATION = new TreeMap<>();

    private static final Value ON_FAIL = Value.of(
            "ignore", "block", "demote", "stop", "restart", "standby", "fence", "ban", "migrate", "restart-container");

    static {
        put(
                CLUSTER,
                Value.TRUTH,
                "symmetric-cluster concurrent-fencing enable-startup-probes fencing-enabled stonith-enabled"
                        + " maintenance-mode shutdown-lock start-failure-is-fatal startup-fencing stop-all-resources"
                        + " stop-orphan-actions stop-orphan-resources stop-removed-resources cancel-removed-actions"
                        + " have-watchdog remove-after-stop enable-acl");
        put(
                CLUSTER,
                Value.DURATION,
                "cluster-delay cluster-recheck-interval dc-deadtime election-timeout fencing-timeout"
                        + " stonith-timeout node-pending-timeout priority-fencing-delay shutdown-escalation"
                        + " shutdown-lock-limit transition-delay join-finalization-timeout join-integration-timeout");
        put(CLUSTER, Value.SIGNED_DURATION, "stonith-watchdog-timeout fencing-watchdog-timeout");
        put(
                CLUSTER,
                Value.NUMBER,
                "batch-limit migration-limit node-action-limit pe-error-series-max"
                        + " pe-input-series-max pe-warn-series-max");
        put(CLUSTER, Value.LIMIT, "stonith-max-attempts fencing-max-attempts");
        put(CLUSTER, Value.HEALTH, "node-health-base node-health-green node-health-red node-health-yellow");
        CLUSTER.put("no-quorum-policy", Value.of("stop", "freeze", "ignore", "demote", "suicide", "fence"));
        CLUSTER.put("stonith-action", Value.of("reboot", "off", "poweroff"));
        CLUSTER.put("fencing-action", Value.of("reboot", "off", "poweroff"));
        CLUSTER.put("placement-strategy", Value.of("default", "utilization", "minimal", "balanced"));
        CLUSTER.put("node-health-strategy", Value.of("none", "migrate-on-red", "only-green", "progressive", "custom"));

        put(
                RESOURCE,
                Value.TRUTH,
                "is-managed maintenance allow-migrate critical allow-unhealthy-nodes notify ordered" + " collocated");
        put(RESOURCE, Value.SCORE, "priority resource-stickiness");
        put(RESOURCE, Value.LIMIT, "migration-threshold");
        put(RESOURCE, Value.DURATION, "failure-timeout remote-connect-timeout");
        put(
                RESOURCE,
                Value.ANY,
                "container container-attribute-target remote-node remote-addr remote-port provides"
                        + " resource-failure-stickiness is_managed target_role comment");
        RESOURCE.put(
                "target-role",
                Value.of("stopped", "started", "unpromoted", "promoted", "slave", "master", "default", "#default"));
        RESOURCE.put("requires", Value.of("nothing", "quorum", "fencing", "unfencing"));
        RESOURCE.put("multiple-active", Value.of("block", "stop_only", "stop_start", "stop_unexpected"));
        put(RESOURCE, Value.TRUTH, "remote-allow-migrate");

        put(CLONE, Value.TRUTH, "globally-unique interleave promotable notify ordered");
        put(
                CLONE,
                Value.COUNT,
                "clone-max clone-node-max clone-min promoted-max promoted-node-max master-max" + " master-node-max");

        put(OPERATION, Value.DURATION, "interval timeout start-delay");
        put(OPERATION, Value.TRUTH, "enabled record-pending");
        put(OPERATION, Value.ANY, "id name description interval-origin depth");
        OPERATION.put("on-fail", ON_FAIL);
        OPERATION.put("role", RESOURCE.get("target-role"));
        OPERATION.put("requires", RESOURCE.get("requires"));
    }

    private KnownOptions() {}

    private static void put(Map<String, Value> options, Value value, String names) {
        for (String name : names.split(" ", -1)) {
            options.put(name, value);
        }
    }
}
