package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.controller.command.Effect;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.fencing.FenceVerdict;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Fencing orders that this node carries out. A power command needs the intent on a quorum's disks, the epoch in which it was
 * given, and a lease that runs, all at the moment at which it is sent. What came out is told until the cluster has heard it.
 */
final class LocalFencing {

    /** Results that were not heard are dropped beyond these; the attempt is then made anew. */
    static final int MAX_UNREPORTED = 256;

    private final NodeId self;
    private final ControllerPorts ports;
    private final Replica replica;
    private final Consumer<StateCommand> submit;
    private final SortedMap<Long, AtomicBoolean> rights = new TreeMap<>();
    private final SortedMap<Long, FinishFence> unreported = new TreeMap<>();

    LocalFencing(NodeId self, ControllerPorts ports, Replica replica, Consumer<StateCommand> submit) {
        this.self = self;
        this.ports = ports;
        this.replica = replica;
        this.submit = submit;
    }

    void ordered(Effect.CarryOutFence order, long index) {
        FenceOperation operation = order.operation();
        revoke(operation.id());
        if (operation.executor().equals(self)) {
            AtomicBoolean right = new AtomicBoolean(true);
            rights.put(operation.id(), right);
            replica.whenAcknowledged(index, () -> carryOut(operation, order.path(), right));
        }
    }

    private void carryOut(FenceOperation operation, FencePath path, AtomicBoolean right) {
        ClusterState state = replica.state();
        FenceOrder order = new FenceOrder(
                operation.id(),
                operation.target(),
                state.policy().nameOf(operation.target()),
                operation.incarnation(),
                operation.deviceId(),
                operation.attempt(),
                path.timeout(),
                () -> right.get() && ports.lease().isValid());
        ports.listener()
                .timeline("fences " + order.targetName() + " by " + order.deviceId() + ", attempt " + order.attempt());
        ports.fences().fence(order, result -> report(FenceVerdict.of(operation, path, result)));
    }

    private void report(FinishFence finish) {
        unreported.put(finish.operationId(), finish);
        while (unreported.size() > MAX_UNREPORTED) {
            unreported.remove(unreported.firstKey());
        }
        submit.accept(finish);
    }

    void reported(FinishFence finish) {
        unreported.remove(finish.operationId(), finish);
    }

    /** The operation is over, by whatever: no power command may be sent for it any more. */
    void closed(long operationId) {
        revoke(operationId);
    }

    void epochClosed() {
        rights.values().forEach(right -> right.set(false));
        rights.clear();
    }

    /** A result that came while there was no quorum is evidence, and is told now. */
    void epochOpened(ClusterState state) {
        unreported
                .values()
                .removeIf(finish -> state.fencing()
                        .open()
                        .get(finish.target())
                        .filter(open -> open.id() == finish.operationId())
                        .isEmpty());
        unreported.values().forEach(submit);
    }

    private void revoke(long operationId) {
        AtomicBoolean right = rights.remove(operationId);
        if (right != null) {
            right.set(false);
        }
    }
}
