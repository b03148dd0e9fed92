package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Notice;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells the instances of this node what was done with their peers: the difference between what each has heard of them and what the state
 * shows now. All nodes apply the same, so all hear the same in the same order; who missed a ring hears of all that it missed.
 *
 * <p>Nobody waits for it. An instance is told one difference at a time, and what changes meanwhile when it has answered, in one: so a
 * slow one costs no queue and loses nothing. Only before it is asked or promoted it is told at once all that is new
 * ({@link #catchUp}). Lives on the controller's loop.
 */
final class PeerNews {

    private final NodeId self;
    private final ResourceExecutor resources;
    private final SortedMap<String, Listener> listeners = new TreeMap<>();
    private ClusterPolicy policy;

    PeerNews(NodeId self, ResourceExecutor resources, ClusterState state) {
        this.self = self;
        this.resources = resources;
        this.policy = state.policy();
        configure();
    }

    private void configure() {
        List<Primitive> notified = policy.primitives()
                .filter(primitive -> policy.isNotified(primitive.id()))
                .toList();
        listeners.keySet().retainAll(notified.stream().map(Primitive::id).toList());
        notified.forEach(primitive ->
                listeners.computeIfAbsent(primitive.id(), id -> new Listener(primitive)).primitive = primitive);
    }

    /** The state is this one now. */
    void now(ClusterState state) {
        if (isOther(state.policy())) {
            policy = state.policy();
            configure();
        }
        listeners.values().forEach(listener -> listener.see(state));
    }

    @SuppressWarnings("ReferenceEquality") // equal ones are read once more, which changes nothing
    private boolean isOther(ClusterPolicy next) {
        return next != policy;
    }

    /** What the instance is ordered to do next is behind all that is new. */
    void catchUp(String resource) {
        Optional.ofNullable(listeners.get(resource)).ifPresent(Listener::tell);
    }

    /** What an instance hears of what is about to be done. */
    Notice before(ClusterState state, String resource, Intent intent) {
        SortedMap<NodeId, Role> active = state.policy()
                .resource(resource)
                .filter(Primitive.class::isInstance)
                .map(primitive -> PeerRoles.of(state, (Primitive) primitive))
                .orElseGet(TreeMap::new);
        TreeMap<OperationName, SortedSet<NodeId>> intended = new TreeMap<>();
        intended.put(intent.operation(), intent.nodes());
        return notice(Notice.Phase.BEFORE, intended, active);
    }

    private Notice notice(
            Notice.Phase phase,
            SortedMap<OperationName, SortedSet<NodeId>> operations,
            SortedMap<NodeId, Role> active) {
        TreeMap<OperationName, SortedSet<String>> named = new TreeMap<>();
        operations.forEach((operation, nodes) -> {
            TreeSet<String> names = new TreeSet<>();
            nodes.forEach(node -> names.add(policy.nameOf(node)));
            named.put(operation, names);
        });
        TreeMap<String, Role> roles = new TreeMap<>();
        active.forEach((node, role) -> roles.put(policy.nameOf(node), role));
        return new Notice(phase, named, roles);
    }

    /** An instance of this node, and what it knows of its peers. */
    private final class Listener {

        private Primitive primitive;
        private SortedMap<NodeId, Role> shown = Collections.emptySortedMap();

        /** What it was told, whether or not it has begun to hear it. */
        private SortedMap<NodeId, Role> told = Collections.emptySortedMap();

        private SortedMap<NodeId, Role> heard = Collections.emptySortedMap();
        private int unanswered;

        Listener(Primitive primitive) {
            this.primitive = primitive;
        }

        void see(ClusterState state) {
            shown = PeerRoles.of(state, primitive);
            if (!shown.containsKey(self)) {
                told = shown;
                heard = shown;
            } else if (unanswered == 0) {
                tell();
            }
        }

        private void tell() {
            SortedMap<OperationName, SortedSet<NodeId>> changes = PeerRoles.changes(told, shown);
            if (!changes.isEmpty()) {
                SortedMap<NodeId, Role> now = shown;
                told = now;
                unanswered++;
                resources.execute(order(notice(Notice.Phase.AFTER, changes, now)), outcome -> answered(now, outcome));
            }
        }

        private OperationOrder order(Notice notice) {
            Duration timeout = primitive.operations().stream()
                    .filter(spec -> spec.name() == OperationName.NOTIFY)
                    .flatMap(spec -> spec.timeout().stream())
                    .findFirst()
                    .orElse(policy.options().defaultTimeout());
            return OperationOrder.notice(
                    primitive.id(),
                    timeout,
                    notice,
                    "after " + notice.operations().toString().toLowerCase(Locale.ROOT));
        }

        /** However it ended, what was begun has been heard; what was not is part of the next difference. */
        private void answered(SortedMap<NodeId, Role> now, OperationOutcome outcome) {
            boolean begun = outcome.status() == OperationStatus.DONE || outcome.status() == OperationStatus.TIMED_OUT;
            heard = begun ? now : heard;
            unanswered--;
            if (unanswered == 0) {
                told = heard;
                if (begun) {
                    tell();
                }
            }
        }
    }
}
