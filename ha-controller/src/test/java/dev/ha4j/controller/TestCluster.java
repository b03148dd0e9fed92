package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.LeaseClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Controllers over a simulated total order, in virtual time. Messages take a millisecond and reach all members of a ring in
 * one order; a cut gives the messages under way to some members in the transitional configuration, or to none.
 */
final class TestCluster {

    static final Duration TOKEN = Duration.ofSeconds(1);
    static final Duration VISIT = Duration.ofMillis(20);

    final VirtualTime time = new VirtualTime();
    final SortedMap<NodeId, TestNode> nodes = new TreeMap<>();
    final ClusterPolicy policy;
    final List<String> violations = new ArrayList<>();
    final List<Long> tokens = new ArrayList<>();
    BiFunction<TestNode, FenceOrder, FenceResult> fenceAnswer =
            (node, order) -> FenceResult.failed("no such device in this test");
    Duration fenceTime = Duration.ofMillis(300);
    Duration diskTime = Duration.ofMillis(1);
    private long ringSequence = 10;
    private long submissions;

    TestCluster(ClusterPolicy policy) {
        this.policy = policy;
        policy.nodes().forEach(spec -> nodes.put(spec.id(), new TestNode(spec.id())));
    }

    TestNode node(int id) {
        return nodes.get(NodeId.of(id));
    }

    void run(Duration span) {
        time.run(span);
    }

    void startAll() {
        nodes.values().forEach(TestNode::boot);
        run(Duration.ofMillis(50));
    }

    /** Forms one ring of these nodes; they leave the rings in which they were. */
    void ring(int... members) {
        long sequence = ringSequence += 4;
        Ring ring = new Ring(sequence);
        for (int id : members) {
            ring.members.add(NodeId.of(id));
        }
        ring.members.forEach(id -> nodes.get(id).enter(ring));
    }

    Map<String, Long> holders() {
        Map<String, Long> all = new LinkedHashMap<>();
        nodes.values().forEach(node -> node.active.forEach((name, role) -> all.merge(name, 1L, Long::sum)));
        return all;
    }

    private void checkExclusive(String resource) {
        long active = nodes.values().stream()
                .filter(node -> node.active.containsKey(resource))
                .count();
        if (active > 1) {
            violations.add(resource + " is active " + active + " times at " + time.nanos() / 1_000_000 + " ms");
        }
    }

    final class Ring {
        final long sequence;
        final SortedSet<NodeId> members = new TreeSet<>();

        Ring(long sequence) {
            this.sequence = sequence;
        }

        void broadcast(NodeId sender, long id, byte[] payload) {
            time.after(
                    Duration.ofMillis(1),
                    () -> members.forEach(member -> nodes.get(member).receive(this, sender, id, payload)));
        }
    }

    final class TestNode implements ResourceExecutor, ControllerListener {
        final NodeId id;
        final SortedMap<String, Role> active = new TreeMap<>();
        final SortedSet<String> implemented = new TreeSet<>();
        final List<String> events = new ArrayList<>();
        final List<FenceRecord> fenced = new ArrayList<>();
        final List<OperationOrder> executed = new ArrayList<>();
        MemoryDisk disk = new MemoryDisk();
        String bootId = "boot1";
        String machineId;
        String directoryId;
        String lostStateAcceptedBy = "";
        boolean newcomer;
        int softwareLevel = 1;
        int featureLevel = 1;
        long lives;
        Duration operationTime = Duration.ofMillis(5);
        boolean dropTransitional = true;
        boolean alive;
        boolean hung;
        QuorumDevice device = QuorumDevice.NONE;
        final SortedSet<NodeId> heard = new TreeSet<>();
        boolean stopsByItself = true;
        boolean ready;
        String stopped = "";
        String halted = "";
        VirtualTime.Loop loop = time.loop();
        NodeLease lease;
        Controller controller;
        Ring ring;
        private boolean inTransitional;

        TestNode(NodeId id) {
            this.id = id;
            this.machineId = "machine" + id;
            this.directoryId = "directory" + id;
            policy.primitives().forEach(primitive -> implemented.add(primitive.id()));
        }

        void boot() {
            loop = time.loop();
            alive = true;
            lives++;
            VirtualTime.Loop life = loop;
            LeaseClock clock = time::nanos;
            LeaseRule rule = LeaseRule.forToken(TOKEN);
            lease = new NodeLease(rule, clock);
            Incarnation incarnation = new Incarnation(machineId, bootId, directoryId, lives);
            ControllerConfig config = new ControllerConfig(
                    id, incarnation, policy, softwareLevel, featureLevel, lostStateAcceptedBy, newcomer, rule);
            ControllerPorts ports = new ControllerPorts(
                    life,
                    this::submit,
                    this,
                    (order, done) -> time.after(fenceTime, () -> {
                        FenceResult result = fenceAnswer.apply(this, order);
                        life.execute(() -> done.accept(result));
                    }),
                    this,
                    device,
                    node -> heard.contains(node),
                    lease,
                    disk,
                    task -> time.after(diskTime, () -> {
                        if (!life.isDead()) {
                            task.run();
                        }
                    }),
                    life::execute,
                    () -> 1_000_000 + time.nanos() / 1_000_000);
            controller = new Controller(config, ports, (state, now) -> TestPlanner.plan(state));
            controller.start(() -> ready = true);
            tick(life, lease);
        }

        private void tick(VirtualTime.Loop life, NodeLease own) {
            if (!life.isDead()) {
                own.ticked();
                time.after(VISIT, () -> tick(life, own));
            }
        }

        /** The machine lost its power: the process is gone, and what was not forced to the disk. */
        void crash() {
            kill();
            disk.crash();
        }

        /** The process is gone, and with it all that ran in it; the operating system still has what it wrote. */
        void kill() {
            alive = false;
            loop.kill();
            active.clear();
            ring = null;
            ready = false;
        }

        void reboot() {
            bootId = "boot" + (lives + 1);
            boot();
        }

        void enter(Ring next) {
            Ring old = ring;
            inTransitional = old != null;
            ring = next;
            loop.execute(() -> {
                if (old != null) {
                    controller.transitional();
                }
            });
            loop.schedule(Duration.ofMillis(2).toNanos(), () -> {
                inTransitional = false;
                if (ring == next) {
                    controller.regular(
                            new RingView(next.sequence, next.members.first(), next.members, new TreeSet<>()));
                    VirtualTime.Loop life = loop;
                    NodeLease own = lease;
                    time.after(VISIT, () -> token(next, OptionalLong.empty(), life, own));
                }
            });
        }

        /** The ring breaks, and no other is formed yet. */
        void cutOff() {
            ring = null;
        }

        private void token(Ring visited, OptionalLong previous, VirtualTime.Loop life, NodeLease own) {
            if (ring == visited && !life.isDead()) {
                own.visited(visited.sequence, previous);
                OptionalLong sent = OptionalLong.of(time.nanos());
                time.after(VISIT, () -> token(visited, sent, life, own));
            }
        }

        Submission submit(Lane lane, byte[] payload) {
            long own = ++submissions;
            if (ring != null) {
                ring.broadcast(id, own, payload);
            }
            return new Submission.Accepted(own);
        }

        void receive(Ring from, NodeId sender, long own, byte[] payload) {
            boolean late = inTransitional && !dropTransitional;
            if (alive && (ring == from || late)) {
                OptionalLong mine = sender.equals(id) ? OptionalLong.of(own) : OptionalLong.empty();
                controller.delivered(sender, mine, payload, late);
            }
        }

        ClusterState state() {
            return controller.state();
        }

        List<RequestResult> ask(long sequence, Request request) {
            List<RequestResult> results = new ArrayList<>();
            controller.request(new RequestId(id.value(), sequence), request, results::add);
            return results;
        }

        @Override
        public void execute(OperationOrder order, Consumer<OperationOutcome> done) {
            executed.add(order);
            VirtualTime.Loop life = loop;
            if (!hung) {
                life.schedule(operationTime.toNanos(), () -> done.accept(carryOut(order)));
            }
        }

        private OperationOutcome carryOut(OperationOrder order) {
            ReturnCode code = ReturnCode.OK;
            switch (order.operation()) {
                case START -> {
                    tokens.add(order.token());
                    active.put(order.resource(), Role.STARTED);
                    checkExclusive(order.resource());
                }
                case STOP -> active.remove(order.resource());
                case MONITOR -> code = active.containsKey(order.resource()) ? ReturnCode.OK : ReturnCode.NOT_RUNNING;
                default -> {}
            }
            return new OperationOutcome(OperationStatus.DONE, code, 5, "", OptionalInt.empty());
        }

        @Override
        public void cancel(String resource, long intervalMillis) {}

        @Override
        public void stopAll(String reason, Consumer<SortedSet<String>> done) {
            stopSoon(done);
        }

        @Override
        public void stopExclusive(String reason, Consumer<SortedSet<String>> done) {
            stopSoon(done);
        }

        private void stopSoon(Consumer<SortedSet<String>> done) {
            if (!hung) {
                loop.schedule(operationTime.toNanos(), () -> {
                    if (stopsByItself) {
                        active.clear();
                    }
                    done.accept(Collections.unmodifiableSortedSet(new TreeSet<>(active.keySet())));
                });
            }
        }

        @Override
        public SortedSet<String> implemented() {
            return implemented;
        }

        @Override
        public SortedMap<String, Role> active() {
            return active;
        }

        @Override
        public void termGranted(TermGrant grant) {
            events.add("granted " + grant.token());
        }

        @Override
        public void termEnded(TermGrant grant, String reason) {
            events.add("ended " + grant.token());
        }

        @Override
        public void fenced(FenceRecord record) {
            fenced.add(record);
        }

        @Override
        public void timeline(String event) {
            events.add(event);
        }

        @Override
        public void stopNode(String reason) {
            stopped = reason;
        }

        @Override
        public void halt(String reason) {
            halted = reason;
        }
    }

    static FenceResult off() {
        return FenceResult.confirmed(
                ProofLevel.POWER_VERIFIED, new dev.ha4j.fencing.Evidence("bmc", "guid", List.of("off", "off")));
    }
}
