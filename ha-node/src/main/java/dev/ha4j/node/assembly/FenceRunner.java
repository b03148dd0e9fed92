package dev.ha4j.node.assembly;

import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.FenceDeviceSpec;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.FenceReport;
import dev.ha4j.controller.FenceExecutor;
import dev.ha4j.controller.FenceOrder;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** The fence devices that this node can use. Lives on the controller's loop; devices are called on worker threads. */
final class FenceRunner implements FenceExecutor {

    private final String node;
    private final List<NodeSpec> nodes;
    private final Map<String, BoundDevice> devices = new LinkedHashMap<>();

    FenceRunner(
            ClusterConfig config, String node, EventLoop loop, Workers workers, LongSupplier wallMillis, Logger log) {
        this.node = node;
        this.nodes = config.policy().nodes();
        for (FenceDeviceSpec spec : config.fenceDevices()) {
            if (spec instanceof FenceDevice device) {
                PathChecks checks = new PathChecks(device, loop.clock(), wallMillis, log);
                devices.put(spec.id(), new BoundDevice(device, loop, workers, log, checks));
            }
        }
    }

    /** Goes through the path to every other node, in the background, now and from time to time. */
    void checkAll() {
        for (BoundDevice device : devices.values()) {
            nodes.stream()
                    .filter(target -> !target.name().equals(node))
                    .filter(target -> device.targets(target.name()))
                    .forEach(device::check);
        }
    }

    @Override
    public void fence(FenceOrder order, Consumer<FenceResult> done) {
        BoundDevice device = devices.get(order.deviceId());
        if (device == null) {
            done.accept(FenceResult.failed("node " + node + " has no device " + order.deviceId()));
        } else {
            device.off(order, done);
        }
    }

    /** Readable from any thread. */
    List<FenceReport> reports() {
        return devices.values().stream().map(BoundDevice::report).toList();
    }

    /** A request whose time is over as soon as this node has lost the right to act. */
    static FenceRequest request(FenceOrder order, EventLoop loop) {
        long deadline = loop.clock().nanoTime() + order.timeout().toNanos();
        return new FenceRequest(
                order.operationId(),
                order.target(),
                order.targetName(),
                order.incarnation(),
                order.attempt(),
                new RevocableDeadline(loop.clock(), deadline, order.mayAct()));
    }
}
