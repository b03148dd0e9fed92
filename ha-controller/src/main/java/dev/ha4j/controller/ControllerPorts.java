package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.Disk;
import dev.ha4j.runtime.EventLoop;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All that a controller has to do with the world.
 *
 * @param loop the thread that owns the controller, and its timers
 * @param broadcast to all members
 * @param resources of this node
 * @param fences of this node
 * @param listener hears of what happens
 * @param device outside of the cluster that gives its vote to one partition; {@link QuorumDevice#NONE} without one
 * @param heard whether a node still answers, in this ring or not; where nobody can tell, it doesn't
 * @param lease of this node, shared with the ring's loop
 * @param disk for the log; used by {@code diskExecutor} only
 * @param diskExecutor one task at a time, in order
 * @param planner runs plans; any thread
 * @param wallMillis wall time, milliseconds since 1970
 */
public record ControllerPorts(
        EventLoop loop,
        OrderedBroadcast broadcast,
        ResourceExecutor resources,
        FenceExecutor fences,
        ControllerListener listener,
        QuorumDevice device,
        Predicate<NodeId> heard,
        NodeLease lease,
        Disk disk,
        Executor diskExecutor,
        Executor planner,
        LongSupplier wallMillis) {

    public ControllerPorts {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(broadcast, "broadcast");
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(fences, "fences");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(heard, "heard");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(disk, "disk");
        Objects.requireNonNull(diskExecutor, "diskExecutor");
        Objects.requireNonNull(planner, "planner");
        Objects.requireNonNull(wallMillis, "wallMillis");
    }
}
