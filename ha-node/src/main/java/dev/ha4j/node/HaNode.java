package dev.ha4j.node;

import dev.ha4j.api.Leadership;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.report.NodeListener;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.node.assembly.NodeAssembly;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * This process as one node of a cluster. All methods may be called from any thread; only {@link #close} blocks. Several nodes,
 * of one cluster or of several, can live in one JVM.
 *
 * <pre>{@code
 * try (HaNode node = HaNode.builder().cluster(config).self("a").start()) {
 *     Leadership nightly = node.lead("nightly-batch", term -> new NightlyBatch(term));
 *     ...
 * }
 * }</pre>
 */
public final class HaNode implements AutoCloseable {

    private final NodeAssembly assembly;
    private final LocalEnvironment environment;
    private final Duration handOverLimit;

    HaNode(NodeAssembly assembly, LocalEnvironment environment, Duration handOverLimit) {
        this.assembly = assembly;
        this.environment = environment;
        this.handOverLimit = handOverLimit;
    }

    public static HaNodeBuilder builder() {
        return new HaNodeBuilder();
    }

    /**
     * Starts a node with all defaults.
     *
     * @param self name of this node in the configuration
     * @throws IllegalStateException if the node can't be started, with the reason
     */
    public static HaNode join(ClusterConfig cluster, String self) {
        return builder().cluster(cluster).self(self).start();
    }

    /** Offers to run a resource of the configuration, like {@link HaNodeBuilder#implement}. */
    public void implement(String name, Resource resource) {
        assembly.implement(name, resource);
    }

    /** Offers to run the instances of a resource that differ, like {@link HaNodeBuilder#implementEach}. */
    public void implementEach(String name, IntFunction<? extends Resource> instances) {
        assembly.implementEach(name, instances);
    }

    /** Stands for a leadership with default options; see {@link #lead(String, LeadershipOptions, LeadershipListener)}. */
    public Leadership lead(String name, LeadershipListener listener) {
        return lead(name, LeadershipOptions.DEFAULTS, listener);
    }

    /** Stands for a leadership, and runs a task for as long as this node leads. */
    public Leadership lead(String name, LeadershipTask task) {
        return assembly.lead(name, LeadershipOptions.DEFAULTS, task);
    }

    /** Like {@link #lead(String, LeadershipTask)}, with options. */
    public Leadership lead(String name, LeadershipOptions options, LeadershipTask task) {
        return assembly.lead(name, options, task);
    }

    /**
     * Stands for a leadership: of all nodes that do so under one name, one leads. The cluster makes the leadership when the
     * first node asks for it; its options hold then.
     *
     * <p>Who leads is told by a {@link dev.ha4j.api.Term}, whose token grows with each change. Without other options, the next
     * leader waits until a lost one is fenced, where fence devices cover all nodes, and else until its lease has provably run
     * out.
     *
     * @throws IllegalStateException if this node stands for it already
     * @throws IllegalArgumentException if the cluster can't give the proof that the options demand
     */
    public Leadership lead(String name, LeadershipOptions options, LeadershipListener listener) {
        return assembly.lead(name, options, listener);
    }

    /** What operators ask of the cluster. */
    public NodeAdmin admin() {
        return new NodeAdmin(assembly);
    }

    /** What this node knows now; {@link NodeReport#explanation()} says why nobody leads. */
    public NodeReport report() {
        return assembly.report();
    }

    /** The replicated state as this node knows it. */
    public ClusterState state() {
        return assembly.state();
    }

    /** Hears the timeline from now on, until what is returned is closed. */
    public AutoCloseable listen(NodeListener listener) {
        return assembly.listen(listener);
    }

    /**
     * Hands everything over to the others and leaves the cluster. Blocks until this node runs nothing any more, at most
     * twice the hand-over limit and the length of a lease; then threads, sockets and the state directory are given back in any case.
     */
    @Override
    public void close() {
        environment.await(assembly.leave(handOverLimit), assembly.leavesWithin(handOverLimit));
        environment.close();
    }
}
