package dev.ha4j.node.assembly;

import dev.ha4j.api.Leadership;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.NodeEvent.Kind;
import dev.ha4j.api.report.NodeListener;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.report.NodePhase.Name;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.api.report.QuorumReport;
import dev.ha4j.api.report.RehearsalReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.controller.Controller;
import dev.ha4j.controller.ControllerConfig;
import dev.ha4j.controller.ControllerPorts;
import dev.ha4j.controller.Forecast;
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
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingLimits;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.netty.UdpRingReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * One node: ring, controller, resources and fence devices, wired to each other over a {@link NodeEnvironment}. Public methods
 * may be called from any thread and don't block.
 *
 * <pre>
 *   ring's loop                         controller's loop                 worker threads
 *   TotemRing -> RingLink -> DeliveryQueue -> Controller -> ResourceRunner -> Resource
 *                    ^-------- submit -----------'   '----> FenceRunner ----> FenceDevice
 * </pre>
 */
public final class NodeAssembly {

    /** Releases rise it; members of the lowest are preferred as designated controller. */
    private static final int SOFTWARE_LEVEL = 1;

    private static final Duration SCHEDULING_SLACK = Duration.ofSeconds(1);

    /** What an application does with an answer is interrupted after this. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private static final int TICKS_PER_TOKEN = 4;

    /** How long a node that was removed may take to leave. */
    private static final int GRACE_TOKENS = 10;

    private final ClusterConfig config;
    private final NodeSpec self;
    private final NodeEnvironment environment;
    private final EventLoop loop;
    private final LeaseRule leaseRule;
    private final NodeLease lease;
    private final Timeline timeline;
    private final ResourceRunner resources;
    private final FenceRunner fences;
    private final ReplaceableDevice device;
    private final RingLink link;
    private final DurableRingSequences sequences;
    private final RingPort port;
    private final RingNodes ringNodes;
    private final Controller controller;
    private final Leaderships leaderships;
    private final Outlook outlook = new Outlook();
    private final Set<String> implemented = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final long client;
    private long requests;

    private volatile ClusterState state;
    private volatile NodePhase phase = NodePhase.of(Name.STARTING);
    private volatile QuorumReport quorum = QuorumReport.uncounted("the node has not joined the others yet");
    private volatile Optional<UdpRingReport> network = Optional.empty();
    private volatile Optional<RehearsalReport> rehearsal = Optional.empty();
    private volatile RingReport ring = RingReport.NEW;

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
        this.client = environment.random().nextLong();
        this.state = ClusterState.initial(config.policy());
        this.leaseRule = LeaseRule.forToken(config.ring().tokenTimeout());
        this.lease = new NodeLease(leaseRule, environment.leaseClock());
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
        this.link = new RingLink(lease, new RingOwner(), config.ring().submitQueueBytes());
        this.sequences = new DurableRingSequences(
                environment.disk(),
                environment.diskExecutor(),
                task -> ringLoop().execute(task));
        this.port = environment.openRing(ringConfig(config), this.self.id(), sequences, link);
        this.ringNodes = new RingNodes(
                this.self,
                this.state,
                port,
                task -> loop.schedule(
                        GRACE_TOKENS * config.ring().tokenTimeout().toNanos(), task),
                environment.logger(RingNodes.class.getName()));
        this.controller = new Controller(controllerConfig(), controllerPorts());
        this.leaderships = new Leaderships(loop, this::requestOnLoop, () -> this.state);
        link.connect(port, controller, deliveryQueue());
    }

    private static RingConfig ringConfig(ClusterConfig config) {
        return RingConfig.builder()
                .nodes(config.policy().nodes().stream().map(NodeSpec::id).toList())
                .times(config.ring().times())
                .flow(config.ring().flow())
                .limits(RingLimits.DEFAULTS.withLanes(
                        2 * config.ring().submitQueueBytes(), 2 * OutgoingBounds.MAX_MESSAGES))
                .build();
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
                leaseRule);
    }

    private ControllerPorts controllerPorts() {
        return new ControllerPorts(
                loop,
                link,
                resources,
                fences,
                environment.observed(new ControllerEvents(this, timeline)),
                device,
                this::answers,
                lease,
                environment.disk(),
                environment.diskExecutor(),
                environment.planner(),
                environment.wallMillis());
    }

    private DeliveryQueue deliveryQueue() {
        return new DeliveryQueue(
                loop,
                config.ring().deliveryQueueBytes(),
                config.ring().tokenTimeout().toNanos(),
                fraction -> port.onRing((totem, now) -> totem.advertiseWindow(fraction)));
    }

    private EventLoop ringLoop() {
        return port.loop();
    }

    // ---- life

    /** Reads the disk, and joins the others; done when the node is on its way to them, or has failed. Called once. */
    public CompletionStage<Void> start() {
        environment.diskExecutor().execute(() -> {
            try {
                sequences.load();
                loop.execute(() -> controller.start(this::join));
            } catch (IOException e) {
                loop.execute(() -> stop("the state directory can't be used: " + e.getMessage()));
            }
        });
        return started;
    }

    private void join() {
        if (phase.isOver()) {
            return;
        }
        try {
            port.start();
        } catch (IOException e) {
            stop("the node can't be reached at " + self.links() + ": " + e.getMessage());
            return;
        }
        phase = NodePhase.of(Name.RUNNING);
        ringNodes.begin(controller.state());
        tick();
        fences.checkAll(config.policy().nodes());
        timeline.tell(Kind.NODE, "started as " + environment.incarnation());
        started.complete(null);
    }

    private void tick() {
        long interval = config.ring().tokenTimeout().toNanos() / TICKS_PER_TOKEN;
        ringLoop().schedule(interval, () -> {
            link.tick(ringLoop().clock().nanoTime());
            look();
            if (!phase.isOver()) {
                tick();
            }
        });
    }

    private void look() {
        port.onRing((totem, now) -> {
            ring = totem.report();
            network = port.network();
        });
    }

    /**
     * Hands everything over to the others and leaves; done when this node runs nothing any more and is out of the ring.
     *
     * @param limit for the hand-over, and once more for stopping what could not be handed over
     */
    public CompletionStage<Void> leave(Duration limit) {
        loop.execute(() -> leaveOnLoop(limit));
        return ended;
    }

    private void leaveOnLoop(Duration limit) {
        if (phase.name() == Name.STARTING) {
            stop("closed before it had started");
        } else if (phase.name() == Name.RUNNING) {
            phase = NodePhase.of(Name.LEAVING);
            timeline.tell(Kind.NODE, "leaving");
            loop.schedule(
                    limit.toNanos(), () -> stopLocally("the hand-over took longer than " + limit.toSeconds() + " s"));
            loop.schedule(2 * limit.toNanos(), () -> stop("left, though not everything could be stopped"));
            if (quorum.quorate()) {
                controller.leave(this::sayGoodBye);
            } else {
                stopLocally("the node leaves, without quorum");
            }
        }
    }

    private void stopLocally(String reason) {
        if (!phase.isOver()) {
            resources.stopAll(reason, still -> sayGoodBye());
        }
    }

    private void sayGoodBye() {
        if (!phase.isOver()) {
            port.onRing((totem, now) -> totem.leave(now));
        }
    }

    /** Ends the node without any hand-over, as far as it can be ended: stops resources, and leaves the ring. */
    public void kill(String reason) {
        loop.execute(() -> stop(reason));
    }

    /** On the controller's loop. */
    void stop(String reason) {
        if (phase.isOver()) {
            return;
        }
        phase = new NodePhase(Name.STOPPED, reason);
        quorum = QuorumReport.uncounted(reason);
        timeline.tell(Kind.NODE, "stopped: " + reason);
        controller.close();
        port.close();
        guardLeases(reason);
        resources.stopAll(reason, still -> ended.complete(null));
        started.completeExceptionally(new IllegalStateException(reason));
    }

    /** Others count on what they can't see: that exclusive roles end with the lease. If they don't, this process has to. */
    private void guardLeases(String reason) {
        long rest = Math.max(0, lease.remainingNanos().orElse(0))
                + leaseRule.guard().toNanos();
        loop.schedule(rest, () -> {
            List<String> late = resources.leased(state.policy());
            if (!late.isEmpty()) {
                environment.halt(late + " did not stop before the lease was over (" + reason + ")");
            }
            ended.complete(null);
        });
    }

    /** How long {@link #leave} takes at most, even if nothing can be stopped: until then its environment has to live. */
    public Duration leavesWithin(Duration limit) {
        Duration lastWord = leaseRule.length().plus(leaseRule.guard());
        return limit.multipliedBy(2).plus(lastWord).plus(SCHEDULING_SLACK);
    }

    /** The code that this node runs on has played failovers. */
    public void rehearsed(RehearsalReport report) {
        rehearsal = Optional.of(report);
        timeline.tell(Kind.NODE, report.summary());
    }

    public NodePhase phase() {
        return phase;
    }

    // ---- what applications ask

    /**
     * Offers a resource of the configuration to be run here. Effective at once also after the start.
     *
     * @throws IllegalStateException if it is implemented already
     */
    public void implement(String name, Resource resource) {
        implement(name, () -> resources.implement(name, resource));
    }

    /**
     * Offers the instances of a resource that differ ({@link dev.ha4j.api.config.CloneOptions#unique}). Effective at once also after the
     * start.
     *
     * @param instances makes the instance of a number, on a worker thread, once for as long as this node lives
     * @throws IllegalStateException if it is implemented already
     */
    public void implementEach(String name, IntFunction<? extends Resource> instances) {
        implement(name, () -> resources.implementEach(name, instances));
    }

    private void implement(String name, Runnable hosting) {
        if (!implemented.add(name)) {
            throw new IllegalStateException(name + " is implemented on " + self.name() + " already");
        }
        loop.execute(() -> {
            hosting.run();
            announce();
        });
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
        Clone resource = Leaderships.resource(name, options, config.policy());
        Candidature candidature = new Candidature(name, listener, () -> loop.execute(() -> withdraw(name)));
        implement(name, candidature);
        loop.execute(() -> leaderships.want(resource));
        return candidature;
    }

    private void withdraw(String name) {
        leaderships.forget(name);
        resources.withdraw(name);
        implemented.remove(name);
        announce();
    }

    private void announce() {
        if (phase.name() == Name.RUNNING) {
            controller.implementedChanged();
        }
    }

    /** Asks something of the cluster. */
    public CompletionStage<RequestResult> request(Request request) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> requestOnLoop(request, answer -> answer(result, answer)));
        return phase.isOver() ? CompletableFuture.completedFuture(stopped()) : result;
    }

    /** On a thread that may run what the application does next. */
    private <T> void answer(CompletableFuture<T> waiting, T answer) {
        environment.workers().run("answer", ANSWER_TIMEOUT, () -> waiting.complete(answer), outcome -> {});
    }

    private RequestResult stopped() {
        return new RequestResult.Refused("the node has stopped: " + phase.reason());
    }

    /** The same, under an id of the caller's: asked again of this node, it is carried out once. */
    public CompletionStage<RequestResult> request(RequestId id, Request request) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> requestOnLoop(id, request, answer -> answer(result, answer)));
        return result;
    }

    private void requestOnLoop(Request request, Consumer<RequestResult> done) {
        if (phase.isOver()) {
            done.accept(stopped());
        } else {
            controller.request(new RequestId(client, ++requests), request, done);
        }
    }

    /** What was asked before may have been carried out: once the node has stopped, nobody here knows. */
    private void requestOnLoop(RequestId id, Request request, Consumer<RequestResult> done) {
        if (phase.isOver()) {
            done.accept(new RequestResult.Indeterminate("the node has stopped: " + phase.reason()));
        } else {
            controller.request(id, request, done);
        }
    }

    /** An operator's order to fence a node. */
    public CompletionStage<FenceAnswer> fence(Request.Fence order) {
        if (phase.isOver()) {
            return CompletableFuture.completedFuture(FenceAnswer.failed("the node has stopped: " + phase.reason()));
        }
        CompletableFuture<FenceAnswer> result = new CompletableFuture<>();
        loop.execute(
                () -> controller.fence(new RequestId(client, ++requests), order, answer -> answer(result, answer)));
        return result;
    }

    /**
     * A configuration that can be run in place of the one with which this node was started.
     *
     * @throws dev.ha4j.api.config.InvalidConfigurationException with everything that is wrong
     */
    public ClusterPolicy checked(ClusterPolicy policy) {
        return new ClusterConfig(policy, config.authKeys(), config.ring(), config.fenceDevices()).policy();
    }

    /**
     * What would be done next if this were asked and these nodes were lost.
     *
     * @throws IllegalArgumentException if it would be refused
     */
    public PlanReport simulate(ClusterState from, List<Request> changes, Set<NodeId> lost) {
        ClusterState now = from.quorate() == quorum.quorate()
                ? from
                : from.change().quorate(quorum.quorate()).build();
        PlanReport plan = new PlanReporter(now.policy()).report(Forecast.of(now, changes, lost));
        return quorum.quorate() ? plan : PlanReport.nothing(quorum.explanation());
    }

    /** An operator tells a partition without quorum to go on. */
    public CompletionStage<RequestResult> say(QuorumWord word) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> controller.say(word, answer -> answer(result, answer)));
        return phase.isOver() ? CompletableFuture.completedFuture(stopped()) : result;
    }

    /** The wall time of this node, milliseconds since 1970. */
    public long wallMillis() {
        return environment.wallMillis().getAsLong();
    }

    /** Whether a node answers the pings of this one; where no links are pinged, nobody is known to. */
    private boolean answers(NodeId node) {
        return network.map(report ->
                        report.links().stream().anyMatch(each -> each.peer().equals(node) && each.up()))
                .orElse(false);
    }

    /**
     * Gives this node a quorum device, or another one.
     *
     * @throws IllegalStateException while the one that it has may vote
     */
    public void quorumDevice(QuorumDevice next) {
        boolean votes = state.policy().quorum().device().isPresent()
                || state.voters().change().isPresent();
        if (device.isThere() && votes) {
            throw new IllegalStateException("the quorum device of " + self.name() + " has votes, and two devices could"
                    + " give theirs to two sides: take its votes with changeQuorum first, on all nodes give them the"
                    + " other device then, and its votes after that");
        }
        device.replace(next);
    }

    /** Whether this node has a quorum device. */
    public boolean hasQuorumDevice() {
        return device.isThere();
    }

    /** Changes the keys that this node accepts; see {@link RingPort#changeKeys}. */
    public CompletionStage<Void> changeKeys(List<AuthKey> keys) {
        return port.changeKeys(keys);
    }

    /** Shows another certificate to the others; see {@link RingPort#changeIdentity}. */
    public CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return port.changeIdentity(identity);
    }

    /** Hears the timeline from now on, until what is returned is closed. */
    public AutoCloseable listen(NodeListener listener) {
        return timeline.listen(listener);
    }

    public NodeReport report() {
        ClusterState now = state;
        return new NodeReporter(
                        self.id(),
                        phase,
                        now,
                        quorum,
                        ring,
                        network,
                        config.ring(),
                        link.undeliveredBytes(),
                        ringProblems(),
                        environment.wallMillis().getAsLong(),
                        fences.reports(),
                        rehearsal,
                        outlook.blocked(now))
                .report();
    }

    private List<String> ringProblems() {
        List<String> problems = new ArrayList<>();
        port.addressProblems().forEach((where, reason) -> problems.add("address of " + where + ": " + reason));
        state.voters().unblocking().ifPresent(word -> problems.add(unblocked(word)));
        if (config.authKey().isInsecure()) {
            problems.add("the ring is insecure: whoever reaches it can speak as any node");
        }
        return problems;
    }

    private String unblocked(Unblocking word) {
        String without = word.absent().stream().map(state.policy()::nameOf).collect(Collectors.joining(", "));
        return "the cluster goes on at the word of " + word.by() + (word.forced() ? ", by force" : "")
                + (state.voters().isUnblocked()
                        ? ", until " + Instant.ofEpochMilli(word.untilMillis()) + " at the latest"
                        : ", whose time is over")
                + (without.isEmpty() ? "" : "; not back yet: " + without);
    }

    /** The replicated state as this node knows it. */
    public ClusterState state() {
        return state;
    }

    // ---- what the parts tell; on the controller's loop

    void stateChanged(ClusterState newState) {
        boolean removed = RingNodes.hasPlaceFor(self.id(), state) && !RingNodes.hasPlaceFor(self.id(), newState);
        state = newState;
        ringNodes.stateChanged(newState);
        if (removed && phase.name() == Name.RUNNING) {
            phase = NodePhase.of(Name.LEAVING);
            timeline.tell(Kind.NODE, "leaving, for it was removed from the cluster");
            stopLocally("removed from the cluster");
        }
        leaderships.ask();
    }

    void quorumChanged(QuorumVerdict verdict) {
        quorum = new QuorumReport(
                verdict.quorate(),
                verdict.votes(),
                verdict.threshold(),
                verdict.expected(),
                Optional.of(verdict.rule()),
                verdict.explanation());
    }

    void halt(String reason) {
        environment.halt(reason);
    }

    private final class RingOwner implements RingLink.Owner {

        @Override
        public void ringGathers(String reason) {
            timeline.tell(Kind.MEMBERSHIP, "gathering: " + reason);
        }

        @Override
        public void ringChanged(RegularConfiguration configuration) {
            ringNodes.ringChanged(configuration.members());
            timeline.tell(Kind.MEMBERSHIP, "ring " + configuration.ring() + ": " + names(configuration.members()));
            look();
        }

        private String names(Set<NodeId> nodes) {
            return nodes.stream().map(config.policy()::nameOf).collect(Collectors.joining(", "));
        }

        @Override
        public void ringLeft() {
            stop("left");
        }

        @Override
        public void ringFailed(String reason) {
            stop(reason);
        }
    }
}
