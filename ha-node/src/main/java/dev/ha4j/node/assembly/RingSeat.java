package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.NodeEvent.Kind;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.Controller;
import dev.ha4j.controller.OrderedBroadcast;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingLimits;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.netty.UdpRingReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * This node's seat in the ring: how it is taken and left, which nodes the ring is to know, and what is known of it. Lives on the
 * controller's loop, but for reports, keys and identities, which any thread may ask for.
 */
final class RingSeat implements RingLink.Owner {

    private static final int TICKS_PER_TOKEN = 4;

    /** How long a node that was removed may take to leave. */
    private static final int GRACE_TOKENS = 10;

    private final ClusterConfig config;
    private final NodeSpec self;
    private final EventLoop controllerLoop;
    private final Timeline timeline;
    private final Consumer<String> onEnd;
    private final RingLink link;
    private final DurableRingSequences sequences;
    private final RingPort port;
    private final RingNodes nodes;

    private volatile Optional<UdpRingReport> network = Optional.empty();
    private volatile RingReport report = RingReport.NEW;
    private volatile boolean closed;

    /** @param onEnd is told why the ring is over; on the controller's loop */
    RingSeat(
            ClusterConfig config,
            NodeSpec self,
            NodeEnvironment environment,
            NodeLease lease,
            Timeline timeline,
            Consumer<String> onEnd) {
        this.config = config;
        this.self = self;
        this.controllerLoop = environment.controllerLoop();
        this.timeline = timeline;
        this.onEnd = onEnd;
        this.link = new RingLink(lease, this, config.ring().submitQueueBytes());
        this.sequences = new DurableRingSequences(
                environment.disk(),
                environment.diskExecutor(),
                task -> ringLoop().execute(task));
        this.port = environment.openRing(ringConfig(config), self.id(), sequences, link);
        this.nodes = new RingNodes(
                self,
                ClusterState.initial(config.policy()),
                port,
                () -> report.disowned(),
                task -> controllerLoop.schedule(
                        GRACE_TOKENS * config.ring().tokenTimeout().toNanos(), task),
                environment.logger(RingNodes.class.getName()));
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

    private EventLoop ringLoop() {
        return port.loop();
    }

    /** What the controller sends through. */
    OrderedBroadcast broadcast() {
        return link;
    }

    /** Closes the circle: the controller was made with {@link #broadcast}. Called once, before the seat is taken. */
    void connect(Controller controller) {
        link.connect(
                port,
                controller,
                new DeliveryQueue(
                        controllerLoop,
                        config.ring().deliveryQueueBytes(),
                        config.ring().tokenTimeout().toNanos(),
                        fraction -> port.onRing((totem, now) -> totem.advertiseWindow(fraction))));
    }

    /** Reads which ring ids were used before; on the disk's executor, before the seat is taken. */
    void load() throws IOException {
        sequences.load();
    }

    /** Takes the seat: from here on the ring is heard. Why that is impossible, in words. */
    Optional<String> take() {
        try {
            port.start();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the node can't be reached at " + self.links() + ": " + e.getMessage());
        }
    }

    /**
     * The seat is taken.
     *
     * @param stored what the node has on its disk
     */
    void begin(ClusterState stored) {
        nodes.begin(stored);
        tick();
    }

    private void tick() {
        long interval = config.ring().tokenTimeout().toNanos() / TICKS_PER_TOKEN;
        ringLoop().schedule(interval, () -> {
            link.tick(ringLoop().clock().nanoTime());
            look();
            if (!closed) {
                tick();
            }
        });
    }

    private void look() {
        port.onRing((totem, now) -> {
            report = totem.report();
            network = port.network();
        });
    }

    void stateChanged(ClusterState state) {
        nodes.stateChanged(state);
    }

    /** Gives the seat up, and tells the others so. */
    void leave() {
        port.onRing((totem, now) -> totem.leave(now));
    }

    /** Ends the ring of this node, whatever the others make of it. */
    void close() {
        closed = true;
        port.close();
    }

    /** See {@link RingPort#changeKeys}. */
    CompletionStage<Void> changeKeys(List<AuthKey> keys) {
        return port.changeKeys(keys);
    }

    /** See {@link RingPort#changeIdentity}. */
    CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return port.changeIdentity(identity);
    }

    // ---- what is known of the ring

    RingReport report() {
        return report;
    }

    /** Sockets and links; empty without sockets. */
    Optional<UdpRingReport> network() {
        return network;
    }

    /** Whether a node answers the pings of this one; where no links are pinged, nobody is known to. */
    boolean answers(NodeId node) {
        return network.map(seen ->
                        seen.links().stream().anyMatch(each -> each.peer().equals(node) && each.up()))
                .orElse(false);
    }

    long undeliveredBytes() {
        return link.undeliveredBytes();
    }

    /** What is wrong with the addresses of nodes. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        port.addressProblems().forEach((where, reason) -> problems.add("address of " + where + ": " + reason));
        return problems;
    }

    // ---- what the link tells

    @Override
    public void ringGathers(String reason) {
        timeline.tell(Kind.MEMBERSHIP, "gathering: " + reason);
    }

    @Override
    public void ringChanged(RegularConfiguration configuration) {
        nodes.ringChanged(configuration.members());
        timeline.tell(Kind.MEMBERSHIP, "ring " + configuration.ring() + ": " + names(configuration.members()));
        look();
    }

    private String names(Set<NodeId> members) {
        return members.stream().map(config.policy()::nameOf).collect(Collectors.joining(", "));
    }

    @Override
    public void ringLeft() {
        onEnd.accept("left");
    }

    @Override
    public void ringFailed(String reason) {
        onEnd.accept(reason);
    }
}
