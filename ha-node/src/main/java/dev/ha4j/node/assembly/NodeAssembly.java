package dev.ha4j.node.assembly;

import dev.ha4j.api.Leadership;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.NodeEvent.Kind;
import dev.ha4j.api.report.NodeListener;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.api.report.RehearsalReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.Controller;
import dev.ha4j.controller.ControllerConfig;
import dev.ha4j.controller.ControllerPorts;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.runtime.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * One node: ring, controller, resources and fence devices, wired to each other over a {@link NodeEnvironment}. Public methods
 * may be called from any thread and don't block.
 *
 * <pre>
 *   ring's loop                         controller's loop                 worker threads
 *   TotemRing -> RingLink -> DeliveryQueue -> Controller -> ResourceRunner -> Resource
 *                    ^-------- submit -----------'   '----> FenceRunner ----> FenceDevice
 * </pre>
 *
 * <p>Here is only how the parts hang together. {@link NodeLife} begins and ends the node, {@link RingSeat} has its ring,
 * {@link NodeView} what it knows, {@link NodeRequests} what others ask of the cluster through it, and {@link Implementations}
 * what it can run.
 */
public final class NodeAssembly {

    /** Releases rise it; members of the lowest are preferred as designated controller. */
    private static final int SOFTWARE_LEVEL = 1;

    private final ClusterConfig config;
    private final NodeSpec self;
    private final NodeEnvironment environment;
    private final EventLoop loop;
    private final NodeLease lease;
    private final Timeline timeline;
    private final ResourceRunner resources;
    private final FenceRunner fences;
    private final ReplaceableDevice device;
    private final QuorumView quorum;
    private final RingSeat seat;
    private final NodeView view;
    private final Controller controller;
    private final NodeLife life;
    private final NodeRequests requests;
    private final Leaderships leaderships;
    private final Implementations implementations;

    /**
     * Puts a node together; nothing runs before {@link #start}.
     *
     * @param self name of the node
     * @throws IllegalArgumentException if the cluster has no such node
     */
    public NodeAssembly(ClusterConfig config, String self, NodeEnvironment environment) {
        this.config = config;
        this.self = config.policy()
                .node(self)
                .orElseThrow(() -> new IllegalArgumentException("cluster " + config.name() + " has no node " + self));
        this.environment = environment;
        this.loop = environment.controllerLoop();
        long client = environment.random().nextLong();
        this.lease = new NodeLease(LeaseRule.forToken(config.ring().tokenTimeout()), environment.leaseClock());
        this.timeline = new Timeline(
                self, environment.wallMillis(), environment.workers(), environment.logger(Timeline.LOGGER));
        this.resources = new ResourceRunner(
                self, loop, environment.workers(), lease::term, environment.logger(ResourceRunner.class.getName()));
        this.fences = new FenceRunner(
                config,
                self,
                loop,
                environment.workers(),
                environment.wallMillis(),
                environment.logger(FenceRunner.class.getName()));
        this.device = new ReplaceableDevice(environment.quorumDevice());
        this.quorum = new QuorumView(device);
        this.seat = new RingSeat(config, this.self, environment, lease, timeline, this::stop);
        this.view = new NodeView(config, this.self, environment.wallMillis(), seat, fences, quorum);
        this.controller = new Controller(controllerConfig(), controllerPorts());
        this.life =
                new NodeLife(environment, view, quorum, seat, controller, resources, fences, device, lease, timeline);
        this.requests = new NodeRequests(loop, environment.workers(), controller, life::phase, client);
        this.leaderships = new Leaderships(loop, requests::askOnLoop, view::state);
        this.implementations = new Implementations(self, loop, resources, leaderships, this::announce);
        seat.connect(controller);
    }

    private ControllerConfig controllerConfig() {
        return new ControllerConfig(
                self.id(),
                environment.incarnation(),
                config.policy(),
                SOFTWARE_LEVEL,
                environment.featureLevel(),
                environment.lostStateAcceptedBy(),
                environment.newcomer(),
                lease.rule());
    }

    private ControllerPorts controllerPorts() {
        return new ControllerPorts(
                loop,
                seat.broadcast(),
                resources,
                fences,
                environment.observed(new ControllerEvents(this, timeline)),
                device,
                seat::answers,
                lease,
                environment.disk(),
                environment.diskExecutor(),
                environment.planner(),
                environment.wallMillis());
    }

    // ---- life

    /** Reads the disk, and joins the others; done when the node is on its way to them, or has failed. Called once. */
    public CompletionStage<Void> start() {
        return life.start();
    }

    /**
     * Hands everything over to the others and leaves; done when this node runs nothing any more and is out of the ring.
     *
     * @param limit for the hand-over, and once more for stopping what could not be handed over
     */
    public CompletionStage<Void> leave(Duration limit) {
        return life.leave(limit);
    }

    /** How long {@link #leave} takes at most, even if nothing can be stopped: until then its environment has to live. */
    public Duration leavesWithin(Duration limit) {
        return life.leavesWithin(limit);
    }

    /** Ends the node without any hand-over, as far as it can be ended: stops resources, and leaves the ring. */
    public void kill(String reason) {
        loop.execute(() -> stop(reason));
    }

    public NodePhase phase() {
        return life.phase();
    }

    // ---- what it can run

    /**
     * Offers a resource of the configuration to be run here. Effective at once also after the start.
     *
     * @throws IllegalStateException if it is implemented already
     */
    public void implement(String name, Resource resource) {
        implementations.add(name, resource);
    }

    /**
     * Offers the instances of a resource that differ ({@link dev.ha4j.api.config.CloneOptions#unique}). Effective at once also after the
     * start.
     *
     * @param instances makes the instance of a number, on a worker thread, once for as long as this node lives
     * @throws IllegalStateException if it is implemented already
     */
    public void implementEach(String name, IntFunction<? extends Resource> instances) {
        implementations.addEach(name, instances);
    }

    /** See {@link #lead(String, LeadershipOptions, LeadershipListener)}. */
    public Leadership lead(String name, LeadershipOptions options, LeadershipTask task) {
        return lead(name, options, new TaskListener(task));
    }

    /**
     * Stands for a leadership, which is made if the cluster has none of this name.
     *
     * @throws IllegalStateException if this node stands for it already
     * @throws IllegalArgumentException if the cluster can't give the proof that the options demand
     */
    public Leadership lead(String name, LeadershipOptions options, LeadershipListener listener) {
        return implementations.lead(name, options, listener, config.policy());
    }

    private void announce() {
        if (life.isRunning()) {
            controller.implementedChanged();
        }
    }

    // ---- what is asked of the cluster

    /** Asks something of the cluster. */
    public CompletionStage<RequestResult> request(Request request) {
        return requests.ask(request);
    }

    /** The same, under an id of the caller's: asked again of this node, it is carried out once. */
    public CompletionStage<RequestResult> request(RequestId id, Request request) {
        return requests.ask(id, request);
    }

    /** An operator's order to fence a node. */
    public CompletionStage<FenceAnswer> fence(Request.Fence order) {
        return requests.fence(order);
    }

    /** An operator tells a partition without quorum to go on. */
    public CompletionStage<RequestResult> say(QuorumWord word) {
        return requests.say(word);
    }

    /**
     * A configuration that can be run in place of the one with which this node was started.
     *
     * @throws dev.ha4j.api.config.InvalidConfigurationException with everything that is wrong
     */
    public ClusterPolicy checked(ClusterPolicy policy) {
        return new ClusterConfig(policy, config.authKeys(), config.ring(), config.fenceDevices()).policy();
    }

    // ---- what is changed on this node alone

    /**
     * Gives this node a quorum device, or another one; the one before is closed.
     *
     * @throws IllegalStateException while the one that it has may vote, and when the node has stopped: then the caller has to
     *     close what it wanted to give
     */
    public void quorumDevice(QuorumDevice next) {
        if (!phase().isOver() && device.isThere() && mayVote(state())) {
            throw new IllegalStateException("the quorum device of " + self.name() + " has votes, and two devices could"
                    + " give theirs to two sides: take its votes with changeQuorum first, on all nodes give them the"
                    + " other device then, and its votes after that");
        }
        device.replace(next);
    }

    private static boolean mayVote(ClusterState state) {
        return state.policy().quorum().device().isPresent()
                || state.voters().change().isPresent();
    }

    /** Whether this node has a quorum device. */
    public boolean hasQuorumDevice() {
        return device.isThere();
    }

    /** Changes the keys that this node accepts; see {@link RingPort#changeKeys}. */
    public CompletionStage<Void> changeKeys(List<AuthKey> keys) {
        return seat.changeKeys(keys);
    }

    /** Shows another certificate to the others; see {@link RingPort#changeIdentity}. */
    public CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return seat.changeIdentity(identity);
    }

    // ---- what it knows

    /** The replicated state as this node knows it. */
    public ClusterState state() {
        return view.state();
    }

    public NodeReport report() {
        return view.report(life.phase());
    }

    /**
     * What would be done next if this were asked and these nodes were lost.
     *
     * @throws IllegalArgumentException if it would be refused
     */
    public PlanReport simulate(ClusterState from, List<Request> changes, Set<NodeId> lost) {
        return view.simulate(from, changes, lost);
    }

    /** The wall time of this node, milliseconds since 1970. */
    public long wallMillis() {
        return environment.wallMillis().getAsLong();
    }

    /** Hears the timeline from now on, until what is returned is closed. */
    public AutoCloseable listen(NodeListener listener) {
        return timeline.listen(listener);
    }

    /** The code that this node runs on has played failovers. */
    public void rehearsed(RehearsalReport report) {
        view.rehearsed(report);
        timeline.tell(Kind.NODE, report.summary());
    }

    // ---- what the parts tell; on the controller's loop

    void stateChanged(ClusterState newState) {
        ClusterState before = view.state();
        view.stateChanged(newState);
        seat.stateChanged(newState);
        if (RingNodes.hasPlaceFor(self.id(), before) && !RingNodes.hasPlaceFor(self.id(), newState)) {
            life.removed();
        }
        leaderships.ask();
    }

    void arbitersNamed(SortedMap<NodeId, String> arbiters) {
        quorum.arbitersNamed(arbiters);
    }

    void deviceVoted(boolean granted, boolean countsAtNextLoss) {
        quorum.deviceVoted(granted, countsAtNextLoss);
    }

    void quorumChanged(QuorumVerdict verdict) {
        quorum.counted(verdict);
    }

    void stop(String reason) {
        life.stop(reason);
    }

    void halt(String reason) {
        environment.halt(reason);
    }
}
