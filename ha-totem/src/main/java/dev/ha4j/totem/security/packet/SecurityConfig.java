package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.ClusterKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Who speaks with whom under which keys.
 *
 * @param cluster name of the cluster; clusters with different names can't read each other, even with one key
 * @param self this node
 * @param peers the other configured nodes
 * @param keys accepted keys, with different ids; the first is the one in which this node sends
 * @param boot number of this start of the node, different from that of every earlier start
 * @param agreement what all nodes have to agree on, as one number: who says another is refused
 * @param identity what proves who this node is; without one, the cluster's key is enough to speak as any node
 * @param wallMillis milliseconds since 1970, by which certificates expire
 * @param limits bounds and intervals
 */
public record SecurityConfig(
        String cluster,
        NodeId self,
        SortedSet<NodeId> peers,
        List<ClusterKey> keys,
        long boot,
        long agreement,
        Optional<NodeIdentity> identity,
        LongSupplier wallMillis,
        SecurityLimits limits) {

    /**
     * Checks the keys and the peers.
     *
     * @throws IllegalArgumentException without a key, with two keys of one id, or with this node among its peers
     */
    public SecurityConfig {
        peers = Collections.unmodifiableSortedSet(new TreeSet<>(peers));
        keys = List.copyOf(keys);
        requireUsable(keys);
        if (peers.contains(self)) {
            throw new IllegalArgumentException("node " + self + " is among its own peers");
        }
    }

    static void requireUsable(List<ClusterKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("at least one key is needed");
        }
        if (keys.stream().mapToInt(ClusterKey::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two keys have the same id");
        }
    }

    /**
     * Checks that a certificate is that of this node; others would not believe it else.
     *
     * @throws IllegalArgumentException if it is not, with what it lacks
     */
    public static void requireOwn(NodeIdentity identity, String cluster, NodeId self) {
        if (!NodeIdentity.names(identity.certificate(), cluster, self.value())) {
            throw new IllegalArgumentException("the certificate " + identity + " is not that of node " + self
                    + ": it needs the subject alternative name URI:" + NodeIdentity.uri(cluster, self.value()));
        }
    }

    /** Under one key, without certificates. */
    public SecurityConfig(String cluster, NodeId self, SortedSet<NodeId> peers, ClusterKey key, long boot) {
        this(cluster, self, peers, List.of(key), boot, 0, Optional.empty(), () -> 0, SecurityLimits.DEFAULTS);
    }
}
