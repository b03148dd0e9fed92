package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.exchange.Opinion;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What this life knows of the other nodes, when an operator declares some of them down: when it was last together with them. */
final class Acquaintance {

    /** So many times as long as others wait for a lease nothing must have been heard of who is declared down. */
    private static final int QUIET_WAITS = 3;

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Supplier<ClusterState> state;
    private final Supplier<SortedSet<NodeId>> provenOff;
    private final long startedNanos;
    private final TreeMap<NodeId, Long> togetherUntil = new TreeMap<>();
    private Optional<RingView> present = Optional.empty();

    /** @param provenOff nodes that this node's devices confirmed to be off since there is no quorum */
    Acquaintance(
            ControllerConfig config,
            ControllerPorts ports,
            Supplier<ClusterState> state,
            Supplier<SortedSet<NodeId>> provenOff) {
        this.config = config;
        this.ports = ports;
        this.state = state;
        this.provenOff = provenOff;
        this.startedNanos = now();
    }

    void regular(RingView view) {
        present.ifPresent(before -> before.members().forEach(member -> togetherUntil.put(member, now())));
        present = Optional.of(view);
    }

    Opinion of(Unblock word) {
        TreeMap<NodeId, String> objections = new TreeMap<>();
        TreeSet<NodeId> fenceable = new TreeSet<>();
        for (NodeId node : word.declared()) {
            objection(node).ifPresent(reason -> objections.put(node, reason));
            if (hasDevice(node)) {
                fenceable.add(node);
            }
        }
        return new Opinion(objections, fenceable, provenOff.get());
    }

    private Optional<String> objection(NodeId node) {
        if (ports.heard().test(node)) {
            return Optional.of("it answers node " + config.self());
        }
        Duration quiet = config.lease().successorWait().multipliedBy(QUIET_WAITS);
        Long until = togetherUntil.get(node);
        Duration silence = Duration.ofNanos(now() - (until == null ? startedNanos : until));
        return silence.compareTo(quiet) >= 0
                ? Optional.empty()
                : Optional.of("node " + config.self() + (until == null ? " started " : " was in a ring with it ")
                        + silence.toMillis() + " ms ago, and listens for " + quiet.toMillis() + " ms");
    }

    private boolean hasDevice(NodeId node) {
        ClusterPolicy policy = state.get().policy();
        return !policy.fencePaths(policy.nameOf(node)).isEmpty();
    }

    private long now() {
        return ports.lease().clock().nanoTime();
    }
}
