package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.controller.PeerRoles;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * N1: an operation is ordered only when each peer that was active, and idle, has heard that it comes, or was given up. N2: what is heard
 * after an operation is what the state showed of the peers, in that order, and what it says was begun or promoted really was. N3: in the
 * end each has heard how things are.
 */
final class NoticeChecker implements TraceListener {

    /** An order may be under way when a peer is found active: it was given before that was known. */
    private static final long KNOWN_NANOS = 10_000_000_000L;

    /** Views that an instance may still have to hear of. */
    private static final int MAX_VIEWS = 10_000;

    private final Findings findings;
    private final TreeMap<LifeId, Listener> listeners = new TreeMap<>();

    /** What was announced, by operation and node, to whom since it was ordered last. */
    private final TreeMap<String, TreeSet<LifeId>> announced = new TreeMap<>();

    private final TreeMap<Integer, LifeId> lives = new TreeMap<>();
    private final TreeSet<String> entered = new TreeSet<>();
    private long newestOrder;

    NoticeChecker(Findings findings) {
        this.findings = findings;
    }

    /** One life of a node. */
    private static final class Listener {
        private Optional<ClusterState> state = Optional.empty();
        private final Map<String, Deque<List<String>>> views = new TreeMap<>();
        private final Map<String, List<String>> heard = new TreeMap<>();
        private final Map<NodeId, Long> activeSince = new TreeMap<>();
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.StateApplied applied) {
            applied(step, life, applied.state());
        } else if (step.event() instanceof Event.NoticeHeard heard) {
            heard(step, life, heard);
        } else if (step.event() instanceof Event.RoleEntered role) {
            entered.add(key(role.exclusive() ? "promote" : "start", role.resource(), NodeId.of(step.node())));
        } else if (step.event() instanceof Event.NodeStarted) {
            lives.put(step.node(), life);
            entered.removeIf(key -> key.endsWith("@" + step.node()));
        } else if (step.event() instanceof Event.NodeDied) {
            listeners.remove(life);
        }
    }

    private static String key(String operation, String resource, Object node) {
        return operation + " " + resource + "@" + node;
    }

    private void applied(TraceRecord step, LifeId life, ClusterState after) {
        List<Primitive> notified = after.policy()
                .primitives()
                .filter(primitive -> after.policy().isNotified(primitive.id()))
                .toList();
        if (notified.isEmpty()) {
            return;
        }
        Listener listener = listeners.computeIfAbsent(life, key -> new Listener());
        Optional<ClusterState> before = listener.state;
        listener.state = Optional.of(after);
        for (Primitive primitive : notified) {
            before.filter(state -> state.version().next().equals(after.version())
                            && after.lastCallId() > Math.max(newestOrder, state.lastCallId()))
                    .ifPresent(state -> ordered(step, listener, primitive, state, after));
            see(step, listener, primitive, after);
        }
        newestOrder = Math.max(newestOrder, after.lastCallId());
    }

    private void see(TraceRecord step, Listener listener, Primitive primitive, ClusterState state) {
        SortedMap<NodeId, Role> roles = PeerRoles.of(state, primitive);
        listener.activeSince.keySet().retainAll(roles.keySet());
        roles.keySet().forEach(node -> listener.activeSince.putIfAbsent(node, step.atNanos()));
        Deque<List<String>> views = listener.views.computeIfAbsent(primitive.id(), name -> new ArrayDeque<>());
        List<String> view = words(state, roles);
        if (!view.equals(views.peekLast()) && views.size() < MAX_VIEWS) {
            views.add(view);
        }
    }

    private static List<String> words(ClusterState state, SortedMap<NodeId, Role> roles) {
        return roles.entrySet().stream()
                .map(entry -> state.policy().nameOf(entry.getKey()) + "=" + entry.getValue())
                .toList();
    }

    // ---- N1

    private void ordered(
            TraceRecord step, Listener listener, Primitive primitive, ClusterState before, ClusterState after) {
        Optional<OperationKey> order = order(primitive, after);
        if (order.isEmpty()) {
            return;
        }
        String node = after.policy().nameOf(order.get().node());
        String what = key(word(order.get().operation()), primitive.id(), node);
        TreeSet<LifeId> heard = Optional.ofNullable(announced.remove(what)).orElseGet(TreeSet::new);
        PeerRoles.of(before, primitive).keySet().stream()
                .filter(peer -> step.atNanos() - listener.activeSince.getOrDefault(peer, step.atNanos()) >= KNOWN_NANOS)
                .filter(peer -> before.node(peer).isMember() && !isExcused(before, peer, primitive.id()))
                .flatMap(peer -> Optional.ofNullable(lives.get(peer.value())).stream())
                .forEach(life -> findings.require(
                        heard.contains(life),
                        "N1",
                        step,
                        () -> what + " is ordered though " + life + ", which is active, has not heard of it"));
    }

    /** What was ordered by the one command between a state and the one before it. */
    private static Optional<OperationKey> order(Primitive primitive, ClusterState after) {
        return after.nodes()
                .keys()
                .flatMap(node -> PeerRoles.OPERATIONS.stream()
                        .map(operation -> new OperationKey(node, primitive.id(), operation, 0)))
                .filter(key -> after.history()
                        .get(key)
                        .filter(run -> run.callId() == after.lastCallId())
                        .isPresent())
                .findFirst();
    }

    /** Who is at work, did not answer, or is to be fenced is not waited for. */
    private static boolean isExcused(ClusterState state, NodeId peer, String resource) {
        boolean isToBeFenced = state.fencing().open().containsKey(peer)
                || state.runs(peer)
                        .anyMatch(run -> run.getKey().intervalMillis() == 0
                                && !run.getKey().isNotice()
                                && run.getValue().isFailed());
        return isToBeFenced
                || state.runs(peer, resource).stream()
                        .anyMatch(run -> isUnderWay(run)
                                || (run.getKey().isNotice() && run.getValue().status() != OperationStatus.DONE));
    }

    private static boolean isUnderWay(Map.Entry<OperationKey, OperationRecord> run) {
        return run.getKey().intervalMillis() == 0 && run.getValue().isPending();
    }

    private static String word(OperationName operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    // ---- N2

    private void heard(TraceRecord step, LifeId life, Event.NoticeHeard heard) {
        if (heard.before()) {
            heard.nodes()
                    .forEach(node -> announced
                            .computeIfAbsent(key(heard.operation(), heard.resource(), node), key -> new TreeSet<>())
                            .add(life));
            return;
        }
        Listener listener = listeners.computeIfAbsent(life, key -> new Listener());
        Deque<List<String>> views = listener.views.getOrDefault(heard.resource(), new ArrayDeque<>());
        boolean again = heard.active().equals(listener.heard.get(heard.resource()));
        boolean known = again || views.contains(heard.active());
        findings.require(
                known,
                "N2",
                step,
                () -> life + " hears that " + heard.resource() + " is active on " + heard.active()
                        + ", which the state did not show");
        while (known && !again && !heard.active().equals(views.peekFirst())) {
            views.removeFirst();
        }
        listener.heard.put(heard.resource(), heard.active());
        boolean begun = heard.operation().equals("start") || heard.operation().equals("promote");
        heard.nodes().stream()
                .flatMap(node -> listener.state.flatMap(state -> state.policy().node(node)).stream())
                .map(node -> key(heard.operation(), heard.resource(), node.id()))
                .forEach(what -> findings.require(
                        !begun || entered.contains(what),
                        "N2",
                        step,
                        () -> life + " hears of " + what + ", which was never begun"));
    }

    // ---- N3

    /** All has been quiet for long enough: who listens has heard of the last change. */
    void judgeQuiet(long nowNanos) {
        listeners.forEach((life, listener) -> listener.views.forEach((resource, views) -> {
            List<String> last = views.peekLast();
            String name = listener.state
                    .map(state -> state.policy().nameOf(NodeId.of(life.node())))
                    .orElse("");
            boolean listens = last != null && last.stream().anyMatch(view -> view.startsWith(name + "="));
            if (listens && !last.equals(listener.heard.get(resource))) {
                findings.report(
                        "N3",
                        nowNanos,
                        life + " has heard last that " + resource + " is active on " + listener.heard.get(resource)
                                + ", and it is on " + last);
            }
        }));
    }
}
