package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.FenceAnswer.Outcome;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.RequestLedger.Answer;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.TestifyFence;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Orders of operators to fence, given to this node. With quorum the order goes through the state, and the answer is that of the
 * next attempt. Without quorum this node uses its own devices at the operator's responsibility: what they confirm is kept as
 * evidence, and unlocks nothing until there is quorum again.
 */
final class OperatorFences {

    /** Orders that wait for their answer; more at a time are refused. */
    static final int MAX_WAITING = 64;

    /** Confirmations kept until there is quorum; the oldest is dropped, and the node then has to be fenced again. */
    static final int MAX_EVIDENCE = 64;

    private final NodeId self;
    private final ControllerPorts ports;
    private final Replica replica;
    private final OpenRequests requests;
    private final Consumer<StateCommand> submit;
    private final BooleanSupplier closed;
    private final Map<RequestId, Order> waiting = new LinkedHashMap<>();
    private final List<TestifyFence> evidence = new ArrayList<>();

    private static final class Order {
        final NodeId target;
        final Consumer<FenceAnswer> done;
        boolean given;

        Order(NodeId target, Consumer<FenceAnswer> done) {
            this.target = target;
            this.done = done;
        }
    }

    OperatorFences(
            NodeId self,
            ControllerPorts ports,
            Replica replica,
            OpenRequests requests,
            Consumer<StateCommand> submit,
            BooleanSupplier closed) {
        this.self = self;
        this.ports = ports;
        this.replica = replica;
        this.requests = requests;
        this.submit = submit;
        this.closed = closed;
    }

    void fence(RequestId id, Request.Fence order, Consumer<FenceAnswer> done) {
        if (waiting.size() >= MAX_WAITING) {
            done.accept(FenceAnswer.failed("too many orders wait for their answer"));
        } else if (replica.isOpen()) {
            waiting.put(id, new Order(order.node(), done));
            requests.ask(id, order, result -> answered(id, result));
        } else {
            fenceAlone(id, order, done);
        }
    }

    private void answered(RequestId id, RequestResult result) {
        if (result instanceof RequestResult.Refused refused) {
            answer(id, FenceAnswer.failed(refused.reason()));
        } else if (result instanceof RequestResult.Indeterminate unknown) {
            answer(id, FenceAnswer.unknown(unknown.reason()));
        }
    }

    /** The order has become part of the state: the attempt that ends next is its own. */
    void decided(RequestId id, Answer answer) {
        Order order = waiting.get(id);
        if (order != null && !answer.isRefused()) {
            order.given = true;
        }
    }

    void ended(FenceRecord record) {
        List<RequestId> ended = waiting.entrySet().stream()
                .filter(entry ->
                        entry.getValue().given && entry.getValue().target.equals(record.target()))
                .map(Map.Entry::getKey)
                .toList();
        ended.forEach(id -> answer(id, answer(record)));
    }

    private static FenceAnswer answer(FenceRecord record) {
        Outcome outcome = switch (record.outcome()) {
            case CONFIRMED, CONFIRMED_BY_HUMAN -> Outcome.CONFIRMED;
            case FAILED -> Outcome.FAILED;
            case UNKNOWN, OBSOLETE -> Outcome.UNKNOWN;
        };
        return new FenceAnswer(outcome, record.reason());
    }

    private void answer(RequestId id, FenceAnswer answer) {
        Order order = waiting.remove(id);
        if (order != null) {
            order.done.accept(answer);
        }
    }

    /** The ring is gone: of what was ordered in it nobody can wait for the end. */
    void epochClosed() {
        List<RequestId> given = waiting.entrySet().stream()
                .filter(entry -> entry.getValue().given)
                .map(Map.Entry::getKey)
                .toList();
        given.forEach(id -> answer(id, FenceAnswer.unknown("the ring changed before the result was known")));
    }

    /** Nodes that this node's devices confirmed to be off since there is no quorum. */
    SortedSet<NodeId> provenOff() {
        TreeSet<NodeId> off = new TreeSet<>();
        evidence.forEach(testimony -> off.add(testimony.target()));
        return off;
    }

    /** What was confirmed while there was no quorum counts from now on. */
    void epochOpened() {
        evidence.forEach(submit);
    }

    /** The cluster has heard it, whatever it made of it. */
    void reported(TestifyFence testimony) {
        evidence.remove(testimony);
    }

    private void fenceAlone(RequestId id, Request.Fence order, Consumer<FenceAnswer> done) {
        ClusterState state = replica.state();
        String name = state.policy().nameOf(order.node());
        List<FencePath> paths = state.policy().fencePaths(name);
        if (order.node().equals(self) || paths.isEmpty()) {
            done.accept(FenceAnswer.failed("without quorum this node has no fence device for " + name));
            return;
        }
        waiting.put(id, new Order(order.node(), done));
        new Attempt(id, order, name, state.node(order.node()).incarnation(), paths).next();
    }

    /** One round over the devices, without quorum. */
    private final class Attempt {

        private final RequestId id;
        private final Request.Fence order;
        private final String name;
        private final Optional<Incarnation> life;
        private final List<FencePath> paths;
        private int tried;
        private FenceAnswer last = FenceAnswer.failed("nothing was tried");

        Attempt(RequestId id, Request.Fence order, String name, Optional<Incarnation> life, List<FencePath> paths) {
            this.id = id;
            this.order = order;
            this.name = name;
            this.life = life;
            this.paths = paths;
        }

        void next() {
            if (tried >= paths.size() || closed.getAsBoolean()) {
                answer(id, last);
                return;
            }
            FencePath path = paths.get(tried++);
            ports.listener()
                    .timeline("fences " + name + " by " + path.deviceId() + " without quorum, ordered by "
                            + order.orderedBy());
            ports.fences().fence(request(path), result -> ended(path, result));
        }

        private FenceOrder request(FencePath path) {
            Duration timeout = path.timeout();
            return new FenceOrder(
                    0, order.node(), name, life, path.deviceId(), tried, timeout, () -> !closed.getAsBoolean());
        }

        private void ended(FencePath path, FenceResult result) {
            if (result instanceof FenceResult.Confirmed confirmed) {
                String seen = String.join(", ", confirmed.evidence().observations());
                keep(new TestifyFence(order.node(), life, confirmed.level(), path.deviceId(), order.orderedBy(), seen));
                answer(id, new FenceAnswer(Outcome.CONFIRMED, path.deviceId() + ": " + seen));
                return;
            }
            boolean unknown = last.outcome() == Outcome.UNKNOWN || !(result instanceof FenceResult.Failed);
            String reason = path.deviceId() + ": " + reason(result);
            last = unknown ? FenceAnswer.unknown(reason) : FenceAnswer.failed(reason);
            next();
        }

        private static String reason(FenceResult result) {
            if (result instanceof FenceResult.Failed failed) {
                return failed.reason();
            }
            return result instanceof FenceResult.Unknown unknown ? unknown.reason() : String.valueOf(result);
        }
    }

    private void keep(TestifyFence testimony) {
        evidence.add(testimony);
        if (evidence.size() > MAX_EVIDENCE) {
            evidence.remove(0);
        }
        submit.accept(testimony);
    }
}
