package dev.ha4j.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.Proof;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A cluster in a test: a state, and what the controller would do to it when actions are carried out. */
final class TestCluster {

    static final String NODE_NAMES = "abcdefgh";

    ClusterState state;
    long nowMillis = 1_000_000;
    private final Scheduler scheduler = new Scheduler();
    private final int nodeCount;
    private final List<ResourceSpec> resources = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<FencePath> fencing = new ArrayList<>();
    private final TreeMap<String, TreeMap<String, Integer>> capacities = new TreeMap<>();
    private ClusterOptions options = ClusterOptions.DEFAULTS;

    TestCluster(int nodeCount) {
        this.nodeCount = nodeCount;
        rebuild();
        for (NodeSpec spec : state.policy().nodes()) {
            join(spec.name());
        }
    }

    private void rebuild() {
        List<NodeSpec> nodes = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            NodeSpec spec =
                    NodeSpec.of(i + 1, name(i), "10.0.0." + (i + 1)).attribute("rack", i % 2 == 0 ? "even" : "odd");
            for (var capacity :
                    capacities.getOrDefault(name(i), new TreeMap<>()).entrySet()) {
                spec = spec.capacity(capacity.getKey(), capacity.getValue());
            }
            nodes.add(spec);
        }
        ClusterPolicy policy =
                new ClusterPolicy("test", nodes, QuorumOptions.DEFAULTS, options, resources, constraints, fencing);
        state = state == null
                ? ClusterState.initial(policy)
                        .change()
                        .quorate(true)
                        .formedMillis(1)
                        .build()
                : state.change().policy(policy).build();
        TreeSet<String> primitives = new TreeSet<>();
        policy.primitives().forEach(primitive -> primitives.add(primitive.id()));
        state.nodes().stream()
                .filter(node -> node.getValue().incarnation().isPresent())
                .forEach(node -> state = state.change()
                        .node(node.getKey(), status -> status.withImplemented(primitives))
                        .build());
    }

    static String name(int index) {
        return NODE_NAMES.substring(index, index + 1);
    }

    static NodeId id(String node) {
        return NodeId.of(NODE_NAMES.indexOf(node) + 1);
    }

    TestCluster resources(ResourceSpec... specs) {
        resources.addAll(List.of(specs));
        rebuild();
        return this;
    }

    TestCluster constraints(Constraint... more) {
        constraints.addAll(List.of(more));
        rebuild();
        return this;
    }

    TestCluster removeResource(String name) {
        resources.removeIf(resource -> resource.id().equals(name));
        rebuild();
        return this;
    }

    TestCluster replaceResource(ResourceSpec spec) {
        resources.replaceAll(resource -> resource.id().equals(spec.id()) ? spec : resource);
        rebuild();
        return this;
    }

    TestCluster options(UnaryOperator<ClusterOptions> change) {
        options = change.apply(options);
        rebuild();
        return this;
    }

    TestCluster capacity(String node, String what, int amount) {
        capacities.computeIfAbsent(node, name -> new TreeMap<>()).put(what, amount);
        rebuild();
        return this;
    }

    TestCluster ticket(String name, boolean granted, boolean standby) {
        TicketStatus ticket = new TicketStatus(granted, standby, nowMillis, "test");
        state = state.change().tickets(state.tickets().put(name, ticket)).build();
        return this;
    }

    TestCluster fencePath(String device, ProofLevel level, String... targets) {
        fencing.add(new FencePath(device, new TreeSet<>(List.of(targets)), level, Duration.ofSeconds(60)));
        rebuild();
        return this;
    }

    TestCluster fenceable() {
        for (int i = 0; i < nodeCount; i++) {
            fencePath("bmc-" + name(i), ProofLevel.POWER_VERIFIED, name(i));
        }
        return this;
    }

    TestCluster node(String name, UnaryOperator<NodeStatus> change) {
        state = state.change().node(id(name), change).build();
        return this;
    }

    void join(String name) {
        TreeSet<String> primitives = new TreeSet<>();
        state.policy().primitives().forEach(primitive -> primitives.add(primitive.id()));
        long nonce = state.lastCallId() + 1;
        Incarnation life = new Incarnation("machine-" + name, "boot-" + nonce, "directory-" + name, nonce);
        state = state.change()
                .forgetHistory(id(name))
                .lastCallId(nonce)
                .node(id(name), status -> status.joined(life, 1, primitives))
                .build();
    }

    TestCluster neverSeen(String name) {
        return node(name, status -> NodeStatus.NEVER_SEEN);
    }

    /** The cluster is so young. */
    TestCluster born(Duration ago) {
        state = state.change().formedMillis(nowMillis - ago.toMillis()).build();
        return this;
    }

    TestCluster lose(String name) {
        return node(name, status -> status.gone(Presence.LOST));
    }

    /** The node has stopped what it ran by itself, and nothing is known of it until it is probed. */
    TestCluster forget(String name) {
        state = state.change().forgetHistory(id(name)).build();
        return this;
    }

    TestCluster prove(String name, ProofLevel level) {
        node(name, status -> status.withProof(status.proof().with(level)));
        if (level.satisfies(ProofLevel.PROCESS_KILLED)) {
            state = state.change().forgetHistory(id(name)).build();
        }
        return this;
    }

    /** An attempt to fence failed, and is to be tried again. */
    TestCluster fencing(String target, String device, String reason) {
        return fencing(target, device, false, reason);
    }

    TestCluster fencingUnderWay(String target) {
        return fencing(target, "bmc-" + target, true, "it is lost");
    }

    private TestCluster fencing(String target, String device, boolean underWay, String reason) {
        NodeId executor = id(target.equals("b") ? "a" : "b");
        FenceOperation open = new FenceOperation(
                1,
                id(target),
                state.node(id(target)).incarnation(),
                executor,
                device,
                1,
                underWay,
                reason,
                "",
                nowMillis);
        state = state.change().fencing(state.fencing().with(open)).build();
        return this;
    }

    TestCluster promotionScore(String name, String resource, int score) {
        return node(name, status -> {
            TreeMap<String, Integer> scores = new TreeMap<>(status.promotionScores());
            scores.put(resource, score);
            return status.withPromotionScores(scores);
        });
    }

    /** Records an operation that ended like this. */
    TestCluster record(String name, String resource, OperationName operation, long interval, ReturnCode code) {
        OperationKey key = new OperationKey(id(name), resource, operation, interval);
        long callId = interval == 0 || state.history().get(key).isEmpty()
                ? state.lastCallId() + 1
                : state.history().get(key).orElseThrow().callId();
        ReturnCode expected =
                state.history().get(key).map(OperationRecord::expected).orElse(ReturnCode.OK);
        return put(key, new OperationRecord(callId, OperationStatus.DONE, code, expected, 0, nowMillis, 1, ""));
    }

    /** Records one side of a migration. */
    TestCluster migrated(String name, String resource, OperationName side, String peer, ReturnCode code) {
        OperationKey key = new OperationKey(id(name), resource, side, 0);
        ReturnCode ok = ReturnCode.OK;
        OperationRecord run =
                new OperationRecord(state.lastCallId() + 1, OperationStatus.DONE, code, ok, 0, nowMillis, 1, "");
        return put(key, run.withPeer(java.util.Optional.of(id(peer))));
    }

    TestCluster timedOut(String name, String resource, OperationName operation) {
        OperationKey key = new OperationKey(id(name), resource, operation, 0);
        ReturnCode ok = ReturnCode.OK;
        return put(
                key,
                new OperationRecord(state.lastCallId() + 1, OperationStatus.TIMED_OUT, ok, ok, 0, nowMillis, 1, ""));
    }

    TestCluster pending(String name, String resource, OperationName operation) {
        OperationKey key = new OperationKey(id(name), resource, operation, 0);
        return put(key, OperationRecord.ordered(state.lastCallId() + 1, ReturnCode.OK, 0, nowMillis));
    }

    TestCluster pending(String name, String resource, OperationName side, String peer) {
        OperationKey key = new OperationKey(id(name), resource, side, 0);
        OperationRecord run = OperationRecord.ordered(state.lastCallId() + 1, ReturnCode.OK, 0, nowMillis);
        return put(key, run.withPeer(java.util.Optional.of(id(peer))));
    }

    private TestCluster put(OperationKey key, OperationRecord record) {
        state = state.change()
                .record(key, record)
                .lastCallId(Math.max(state.lastCallId(), record.callId()))
                .build();
        return this;
    }

    TestCluster failCount(String name, String resource, OperationName operation, int count) {
        OperationKey key =
                new OperationKey(id(name), resource, operation, operation == OperationName.MONITOR ? 10_000 : 0);
        state = state.change()
                .failures(state.failures().put(key, new FailCount(count, nowMillis)))
                .build();
        return this;
    }

    Transition plan() {
        Instant now = Instant.ofEpochMilli(nowMillis);
        Transition plan = scheduler.plan(state, now);
        assertThat(plan)
                .as("what is remembered of earlier states changes nothing")
                .isEqualTo(new Scheduler().plan(state, now));
        return plan;
    }

    /** Plans and carries out until nothing is left to be done. */
    TestCluster settle() {
        for (int round = 0; round < 10; round++) {
            Transition plan = plan();
            if (plan.isEmpty()) {
                return this;
            }
            plan.actions().forEach(planned -> carryOut(planned.action()));
        }
        throw new AssertionError("never settles; still wants " + PlanText.of(state, plan()));
    }

    /** Does to the state what the controller does when an action ends well. */
    void carryOut(Action action) {
        if (action instanceof Action.Operate operate) {
            operate(operate);
        } else if (action instanceof Action.Fence fence) {
            confirmFence(fence.target());
        } else if (action instanceof Action.Cancel cancel) {
            OperationKey key =
                    new OperationKey(cancel.node(), cancel.resource(), OperationName.MONITOR, cancel.intervalMillis());
            state = state.change().history(state.history().remove(key)).build();
        } else if (action instanceof Action.ClearFailures clear) {
            state = state.change()
                    .failures(state.failures()
                            .removeIf((key, count) -> key.node().equals(clear.node())
                                    && key.resource().equals(clear.resource())))
                    .build();
        } else if (action instanceof Action.Dismiss dismiss) {
            state = state.change()
                    .forgetHistory(dismiss.node())
                    .node(dismiss.node(), status -> status.gone(Presence.LEFT_CLEANLY))
                    .build();
        }
    }

    private void confirmFence(NodeId target) {
        ProofLevel level = state.policy().fencing().stream()
                .filter(path -> path.targets().contains(state.policy().nameOf(target)))
                .map(FencePath::proofLevel)
                .findFirst()
                .orElseThrow();
        state = state.change()
                .forgetHistory(target)
                .fencing(FenceLedger.NONE)
                .node(target, status -> status.gone(Presence.LOST).withProof(Proof.NONE.with(level)))
                .build();
    }

    private void operate(Action.Operate operate) {
        OperationKey key =
                new OperationKey(operate.node(), operate.resource(), operate.operation(), operate.intervalMillis());
        if (operate.exclusive()) {
            Incarnation life = state.node(operate.node()).incarnation().orElseThrow();
            state = state.change()
                    .terms(state.terms().grant(operate.resource(), operate.node(), life, state.version()))
                    .build();
        }
        put(
                key,
                new OperationRecord(
                                state.lastCallId() + 1,
                                OperationStatus.DONE,
                                operate.expected(),
                                operate.expected(),
                                0,
                                nowMillis,
                                1,
                                "")
                        .with(operate.digests())
                        .withPeer(operate.peer()));
    }
}
