package dev.ha4j.testkit.world;

import dev.ha4j.api.Resource;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.FenceDeviceSpec;
import dev.ha4j.api.config.RingOptions;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.node.assembly.NodeAssembly;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.testkit.trace.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Starts the production node in each simulated process: the same assembly that applications run. */
public final class ProductionNodes implements RunningNode.Factory {

    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(30);
    private static final AuthKey KEY = AuthKey.of(new byte[AuthKey.KEY_BYTES]);

    private final World world;
    private final ResourceMaker resources;

    /** Makes what a process can run, by name of the primitive. */
    @FunctionalInterface
    public interface ResourceMaker {
        Map<String, Resource> in(World world, NodeProcess process);

        /** What makes the instances of a process that differ, by name of the primitive. */
        default Map<String, IntFunction<Resource>> numbered(World world, NodeProcess process) {
            return Map.of();
        }

        /** Lets the node stand for leaderships, before it starts. */
        default void candidatures(NodeAssembly node, NodeProcess process) {}
    }

    public ProductionNodes(World world, ResourceMaker resources) {
        this.world = world;
        this.resources = resources;
    }

    /** Name of the device that switches the node off. */
    public static String powerSwitchOf(String node) {
        return "power-" + node;
    }

    @Override
    public RunningNode start(NodeProcess process) {
        RingOptions ring = RingOptions.DEFAULTS
                .withTokenTimeout(world.options().tokenTimeout())
                .withAdaptiveTimeout(world.options().detectionFloor());
        ClusterConfig config = new ClusterConfig(world.options().policy(), KEY, ring, devices(process));
        Map<String, Resource> duties = resources.in(world, process);
        NodeAssembly node = new NodeAssembly(config, process.host().name(), process);
        duties.forEach(node::implement);
        resources.numbered(world, process).forEach(node::implementEach);
        resources.candidatures(node, process);
        node.start().whenComplete((nothing, error) -> {
            if (error != null) {
                process.emit(new Event.NodeStopped("did not start: " + error.getMessage()));
            }
        });
        return new Running(node);
    }

    private List<FenceDeviceSpec> devices(NodeProcess user) {
        return world.options().policy().fencing().stream()
                .<FenceDeviceSpec>map(path -> new SimulatedFenceDevice(path, user, world, user.devicesRandom()))
                .toList();
    }

    private record Running(NodeAssembly node) implements RunningNode {

        @Override
        public ClusterState state() {
            return node.state();
        }

        @Override
        public NodeReport report() {
            return node.report();
        }

        @Override
        public void request(Request request, Consumer<RequestResult> done) {
            node.request(request).thenAccept(done);
        }

        @Override
        public void request(RequestId id, Request request, Consumer<RequestResult> done) {
            node.request(id, request).thenAccept(done);
        }

        @Override
        public void fence(Request.Fence order, Consumer<FenceAnswer> done) {
            node.fence(order).thenAccept(done);
        }

        @Override
        public void say(QuorumWord word, Consumer<RequestResult> done) {
            node.say(word).thenAccept(done);
        }

        @Override
        public void quorumDevice(QuorumDevice device) {
            node.quorumDevice(device);
        }

        @Override
        public void leave(Runnable done) {
            node.leave(LEAVE_LIMIT).thenRun(done);
        }

        @Override
        public boolean isOver() {
            return node.phase().isOver();
        }
    }
}
