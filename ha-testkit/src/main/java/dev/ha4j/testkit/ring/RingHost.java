package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A machine: what is on its disk, and the process that runs on it, if one does. */
final class RingHost {

    private final NodeId id;
    private final SplittableRandom random;
    private List<ClusterKey> keys;
    private Optional<NodeIdentity> identity;
    private long reserved;
    private int lives;
    private long startedAtNanos;
    private @Nullable RingProcess process;
    private @Nullable RingProcess impostor;

    RingHost(NodeId id, SplittableRandom random, List<ClusterKey> keys, Optional<NodeIdentity> identity) {
        this.id = id;
        this.random = random;
        this.keys = keys;
        this.identity = identity;
    }

    NodeId id() {
        return id;
    }

    SplittableRandom random() {
        return random;
    }

    /** Ring sequences that are on its disk. */
    long reserved() {
        return reserved;
    }

    void reserve(long upTo) {
        reserved = Math.max(reserved, upTo);
    }

    List<ClusterKey> keys() {
        return keys;
    }

    /** What a start from now on accepts. */
    void keys(List<ClusterKey> accepted) {
        keys = accepted;
    }

    /** What it shows to the others; empty where nodes have no certificates. */
    Optional<NodeIdentity> identity() {
        return identity;
    }

    void identity(NodeIdentity other) {
        identity = Optional.of(other);
    }

    int nextLife() {
        return ++lives;
    }

    void runs(RingProcess started, long nowNanos) {
        process = started;
        startedAtNanos = nowNanos;
    }

    long startedAtNanos() {
        return startedAtNanos;
    }

    /** The process that runs or is frozen here; empty if there is none. */
    Optional<RingProcess> process() {
        return process != null && process.isAlive() ? Optional.of(process) : Optional.empty();
    }

    /** Whether the process here was told that the node sends from there on this link. */
    boolean isToldOf(InetSocketAddress source, NodeId node, int link) {
        return process().filter(own -> own.told(node, link).equals(source)).isPresent();
    }

    /** A second process that claims to be this node, somewhere on the same network. */
    Optional<RingProcess> impostor() {
        return Optional.ofNullable(impostor).filter(RingProcess::isAlive);
    }

    void haunted(RingProcess by) {
        impostor = by;
    }

    @Override
    public String toString() {
        return "n" + id;
    }
}
