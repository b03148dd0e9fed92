package dev.ha4j.testkit.check;

import static java.time.Duration.ofSeconds;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraints;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.PersistentMap;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.TermLedger;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.RingId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How it should be: three nodes, one leads, is lost, fenced and replaced. */
final class GoodTrace {

    static final LeaseRule LEASE = LeaseRule.forToken(ofSeconds(1));
    static final RingId FIRST = new RingId(NodeId.of(1), 5);
    static final RingId SECOND = new RingId(NodeId.of(2), 9);
    static final List<Integer> ALL = List.of(1, 2, 3);
    static final List<Integer> REST = List.of(2, 3);
    static final SortedSet<NodeId> NOBODY = new TreeSet<>();

    private GoodTrace() {}

    static ClusterPolicy policy(boolean waitForAll) {
        return new ClusterPolicy(
                "sim",
                ALL.stream()
                        .map(id -> NodeSpec.of(id, "n" + id, "10.0.0." + id))
                        .toList(),
                waitForAll ? QuorumOptions.DEFAULTS.withWaitForAll() : QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS,
                List.of(
                        Primitive.of("gateway").requires(ProofLevel.POWER_VERIFIED),
                        Primitive.of("batch").requires(ProofLevel.SELF_LEASE),
                        Primitive.of("feed").requires(ProofLevel.POWER_VERIFIED)),
                List.of(
                        Constraints.colocate("feed").with("gateway"),
                        Constraints.order("gateway").then("feed")),
                List.of());
    }

    static SortedSet<NodeId> nodes(Integer... ids) {
        return new TreeSet<>(Stream.of(ids).map(NodeId::of).toList());
    }

    static Incarnation incarnation(int node) {
        return new Incarnation("m" + node, "boot", "dir" + node, node);
    }

    static ClusterState state(long epoch, long index) {
        return ClusterState.initial(policy(false))
                .change()
                .version(new StateVersion(epoch, index))
                .terms(new TermLedger(1, PersistentMap.empty()))
                .build();
    }

    /** The state in which node 1 is to be fenced. */
    static ClusterState fencing() {
        FenceOperation operation = new FenceOperation(
                1, NodeId.of(1), Optional.of(incarnation(1)), NodeId.of(2), "power", 1, true, "lost", "", 0);
        ClusterState state = state(9, 5);
        FenceLedger ledger = state.fencing().with(operation);
        return state.change().fencing(ledger).build();
    }

    static Event delivered(RingId ring, long sequence, int sender, int self, boolean safe, boolean transitional) {
        long submission = sender == self ? sequence : 0;
        return new Event.Delivered(ring, sequence, NodeId.of(sender), submission, 100 + sequence, safe, transitional);
    }

    static Script script() {
        Script script = new Script();
        together(script);
        leads(script);
        breaks(script);
        fenced(script);
        return script;
    }

    private static void together(Script script) {
        ALL.forEach(
                node -> script.add(node, new Event.NodeStarted(incarnation(node).toString(), 1, true, 0)));
        script.at(100).all(ALL, new Event.RegularInstalled(FIRST, nodes(1, 2, 3), nodes(2, 3), NOBODY, NOBODY));
        script.at(200).all(ALL, new Event.QuorumChanged(true, "3 of 3"));
        script.all(ALL, new Event.EpochOpened(5, NodeId.of(1)));
        script.all(ALL, new Event.StateApplied(state(5, 1)));
        script.at(300);
        message(script, 1, 1, false);
        message(script, 2, 2, false);
        message(script, 3, 3, true);
        script.at(400).all(ALL, new Event.TokenReturned(FIRST, 350_000_000));
    }

    private static void message(Script script, int sequence, int sender, boolean safe) {
        script.add(sender, new Event.Sent(FIRST, sequence, 100 + sequence, 20));
        ALL.forEach(node -> script.add(node, delivered(FIRST, sequence, sender, node, safe, false)));
    }

    private static void leads(Script script) {
        script.at(500).all(ALL, new Event.StateApplied(state(5, 2)));
        script.all(List.of(1, 3), new Event.Persisted(new StateVersion(5, 2)));
        takesRole(script, 1, "gateway", 1, new StateVersion(5, 2));
        script.add(2, new Event.RequestMade(1, "SetAttribute", "key0", "v1"));
        script.add(2, new Event.RequestEnded(1, "Applied", new StateVersion(5, 2)));
        script.add(1, new Event.Held("gateway", 1));
        script.add(1, new Event.Acted("gateway", 1, true, false));
    }

    static void takesRole(Script script, int node, String resource, long token, StateVersion grantedAt) {
        script.add(node, new Event.TermGranted(resource, token, grantedAt));
        script.add(node, new Event.OperationBegan(resource, "start", "is to run"));
        script.add(node, new Event.RoleEntered(resource, true, token));
        script.add(node, new Event.OperationEnded(resource, "start", true));
    }

    private static void breaks(Script script) {
        script.at(1_000).add(2, new Event.Sent(FIRST, 4, 104, 20));
        script.all(REST, new Event.TransitionalInstalled(FIRST, SECOND, nodes(2, 3), nodes(1), NOBODY));
        REST.forEach(node -> script.add(node, delivered(FIRST, 4, 2, node, false, true)));
        script.all(REST, new Event.RegularInstalled(SECOND, nodes(2, 3), NOBODY, nodes(1), NOBODY));
        script.at(1_100).all(REST, new Event.QuorumChanged(true, "2 of 3"));
        script.all(REST, new Event.EpochOpened(9, NodeId.of(2)));
        script.all(REST, new Event.StateApplied(withKey(state(9, 4))));
        script.at(1_200).all(REST, new Event.TokenReturned(SECOND, 1_150_000_000));
    }

    /** What was acknowledged is part of it. */
    static ClusterState withKey(ClusterState state) {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put("key0", "v1");
        return state.change()
                .node(NodeId.of(1), status -> status.withAttributes(attributes))
                .build();
    }

    private static void fenced(Script script) {
        script.at(1_300).all(REST, new Event.StateApplied(withKey(fencing())));
        script.add(
                2,
                new Event.FenceCommand(
                        NodeId.of(1), "power", "PROMPT", incarnation(1).toString()));
        script.at(1_400).add(1, new Event.NodeDied("fenced by power"));
        script.add(2, new Event.FenceAnswer(NodeId.of(1), "power", "Confirmed", true));
        script.all(
                REST,
                new Event.FenceRecorded(
                        1, NodeId.of(1), incarnation(1).toString(), "CONFIRMED", "POWER_VERIFIED", "power"));
        script.at(1_500).all(REST, new Event.StateApplied(withKey(state(9, 6))));
        script.all(REST, new Event.Persisted(new StateVersion(9, 6)));
        takesRole(script, 2, "gateway", 2, new StateVersion(9, 6));
        script.at(1_600);
        takesRole(script, 2, "feed", 3, new StateVersion(9, 6));
        script.add(2, new Event.Held("gateway", 2));
    }
}
