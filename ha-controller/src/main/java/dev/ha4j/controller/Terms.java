package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.runtime.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The terms that this node holds, and what it does when its lease runs out under them. */
final class Terms {

    private static final long SHORTEST_WATCH_NANOS = Duration.ofMillis(1).toNanos();

    private final NodeId self;
    private final Incarnation incarnation;
    private final Duration guard;
    private final ControllerPorts ports;
    private final Supplier<ClusterState> state;
    private final Runnable stoppedByItself;
    private final SortedMap<Long, TermGrant> grants = new TreeMap<>();
    private Optional<Timer> watch = Optional.empty();
    private boolean stopping;

    /** @param stoppedByItself runs when roles were stopped without an order, so that the state does not know of it */
    Terms(ControllerConfig config, ControllerPorts ports, Supplier<ClusterState> state, Runnable stoppedByItself) {
        this.self = config.self();
        this.incarnation = config.incarnation();
        this.guard = config.lease().guard();
        this.ports = ports;
        this.state = state;
        this.stoppedByItself = stoppedByItself;
    }

    /** A life has one term of a resource: one that was forgotten, for the node stopped by itself, ends now. */
    void begin(TermGrant grant) {
        end(grant.resource(), "a later term of it begins");
        grants.put(grant.token(), grant);
        ports.lease().begin(grant.resource(), grant.token());
        ports.listener().termGranted(grant);
        watchLease();
    }

    void end(String resource, String reason) {
        for (TermGrant grant : new ArrayList<>(grants.values())) {
            if (grant.resource().equals(resource)) {
                end(grant, reason);
            }
        }
    }

    private void end(TermGrant grant, String reason) {
        grants.remove(grant.token());
        ports.lease().end(grant.token());
        ports.listener().termEnded(grant, reason);
    }

    /**
     * Ends the terms that are held now, when it is run; not those that are granted until then, nor those of the resources that
     * it is given, which are still active: they are watched until the lease is over.
     */
    Consumer<Collection<String>> endOfPresent(String reason) {
        List<TermGrant> present = List.copyOf(grants.values());
        return still -> present.stream()
                .filter(grant -> grants.containsKey(grant.token()) && !still.contains(grant.resource()))
                .forEach(grant -> end(grant, reason));
    }

    /** Terms that the new epoch's state does not confirm are over, and what was active in them stops. */
    void epochOpened(ClusterState opened, long ring) {
        SortedSet<Long> confirmed = new TreeSet<>();
        grants.values().stream()
                .filter(grant -> isConfirmed(opened, grant))
                .forEach(grant -> confirmed.add(grant.token()));
        ports.lease().epochOpened(ring, confirmed);
        if (confirmed.size() < grants.size()) {
            stopExclusive("the cluster went on without this node");
        }
    }

    /** The grant is the last of its resource, for this life, and the state still has the operation that took it. */
    boolean isConfirmed(ClusterState opened, TermGrant grant) {
        boolean last = opened.terms()
                .grants()
                .get(grant.resource())
                .filter(known -> known.token() == grant.token()
                        && known.holder().equals(self)
                        && known.incarnation().equals(incarnation))
                .isPresent();
        return last
                && opened.history().stream()
                        .anyMatch(run -> run.getKey().node().equals(self)
                                && run.getValue().token() == grant.token());
    }

    private void watchLease() {
        watch.ifPresent(Timer::cancel);
        watch = Optional.empty();
        if (grants.isEmpty()) {
            return;
        }
        if (ports.lease().lapsed().stream().anyMatch(token -> grants.containsKey(token))) {
            stopExclusive("the lease ran out");
            return;
        }
        long left = ports.lease().remainingNanos().orElse(0);
        watch = Optional.of(ports.loop().schedule(Math.max(SHORTEST_WATCH_NANOS, left), this::watchLease));
    }

    /**
     * Stops what is active in an exclusive role; if that takes longer than the guard, or fails, others may already rely on it.
     * Where nobody does, the state forgets what ran here, so that the cluster finds what did not stop, and stops it by its rules.
     */
    void stopExclusive(String reason) {
        if (stopping) {
            return;
        }
        stopping = true;
        ports.listener().timeline("stops its exclusive roles: " + reason);
        Timer late = ports.loop().schedule(guard.toNanos(), () -> tooLate(reason));
        Consumer<Collection<String>> endTerms = endOfPresent(reason);
        ports.resources().stopExclusive(reason, still -> {
            late.cancel();
            haltIfReliedOn(reason, still);
            stopping = false;
            endTerms.accept(List.of());
            stoppedByItself.run();
            watchLease();
        });
    }

    /** Whether roles are being stopped because the lease or the epoch is gone. */
    boolean isStopping() {
        return stopping;
    }

    private void tooLate(String reason) {
        if (stopping) {
            haltIfReliedOn(
                    reason, grants.values().stream().map(TermGrant::resource).toList());
        }
    }

    private void haltIfReliedOn(String reason, Collection<String> active) {
        List<String> relied = active.stream().filter(this::demandsLease).toList();
        if (!relied.isEmpty()) {
            ports.listener().halt(reason + ", and " + String.join(", ", relied) + " did not stop in time");
        }
    }

    private boolean demandsLease(String resource) {
        String name = InstanceName.primitiveOf(resource);
        return state.get()
                .policy()
                .primitives()
                .anyMatch(primitive ->
                        primitive.id().equals(name) && primitive.meta().requires() == ProofLevel.SELF_LEASE);
    }

    void close() {
        watch.ifPresent(Timer::cancel);
        endOfPresent("the node stops").accept(List.of());
    }
}
