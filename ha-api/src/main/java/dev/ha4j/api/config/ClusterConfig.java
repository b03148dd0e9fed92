package dev.ha4j.api.config;

import java.util.List;
import java.util.Objects;

/**
 * The configuration of a cluster, the same on all of its nodes. Immutable, and valid: what can't be run can't be made.
 *
 * <pre>{@code
 * ClusterConfig.named("orders")
 *         .node(1, "a", "10.0.0.1")
 *         .node(2, "b", "10.0.0.2")
 *         .node(3, "c", "10.0.0.3")
 *         .authKey(AuthKey.file(Path.of("/etc/orders/ha.key")))
 *         .fencing(bmcs)
 *         .resource(Primitive.of("ledger").monitorEvery(ofSeconds(10)))
 *         .build();
 * }</pre>
 *
 * @param policy what the nodes replicate; once the cluster runs, requests may change it, and this is only its beginning
 * @param authKeys the nodes' secret, which the first of them is; others are accepted while keys are being changed
 * @param ring how the ring is run
 * @param fenceDevices used by this process, in the order in which they are tried
 */
public record ClusterConfig(
        ClusterPolicy policy, List<AuthKey> authKeys, RingOptions ring, List<FenceDeviceSpec> fenceDevices) {

    /**
     * Checks all of it.
     *
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public ClusterConfig {
        Objects.requireNonNull(policy, "policy");
        authKeys = List.copyOf(authKeys);
        Objects.requireNonNull(ring, "ring");
        fenceDevices = List.copyOf(fenceDevices);
        List<Violation> violations = Check.of(policy, authKeys, ring);
        if (!violations.isEmpty()) {
            throw new InvalidConfigurationException(violations);
        }
    }

    /** With one key. */
    public ClusterConfig(ClusterPolicy policy, AuthKey authKey, RingOptions ring, List<FenceDeviceSpec> fenceDevices) {
        this(policy, List.of(authKey), ring, fenceDevices);
    }

    /** The key in which this node sends. */
    public AuthKey authKey() {
        return authKeys.get(0);
    }

    /** Begins the configuration of a cluster. Clusters of different names don't hear each other. */
    public static ClusterConfigBuilder named(String cluster) {
        return new ClusterConfigBuilder(cluster);
    }

    public String name() {
        return policy.clusterName();
    }
}
