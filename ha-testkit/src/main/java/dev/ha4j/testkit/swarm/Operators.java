package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.RunningNode;
import dev.ha4j.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Applications and operators: they ask nodes for things, truthfully, and remember what they were told. */
final class Operators {

    private static final int KEYS = 24;

    private final World world;
    private final SplittableRandom random;
    private long lastRequest;
    private boolean resting;

    Operators(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** From now on sets attributes, at random times. */
    void work(Duration every) {
        long delay = 1 + random.nextLong(2 * every.toNanos());
        world.time().after(delay, () -> {
            if (!resting) {
                setAttribute();
                work(every);
            }
        });
    }

    void rest() {
        resting = true;
    }

    long requests() {
        return lastRequest;
    }

    private void setAttribute() {
        String key = "key" + random.nextInt(KEYS);
        String value = "v" + (lastRequest + 1);
        NodeId subject = NodeId.of(1 + Integer.parseInt(key.substring(3)) % 3);
        any().ifPresent(process ->
                ask(process, new Request.SetAttribute(subject, key, Optional.of(value)), key, value));
    }

    void standby(NodeId node, boolean on) {
        any().ifPresent(process -> ask(process, new Request.Standby(node, on), "", ""));
    }

    void reconfigure() {
        any().ifPresent(process -> node(process)
                .state()
                .policy()
                .resource("ledger")
                .map(Primitive.class::cast)
                .map(ledger -> ledger.parameter("changed", "v" + lastRequest))
                .ifPresent(changed -> ask(process, new Request.PutResource(changed), "", "")));
    }

    /** Goes to see each node that is said to be lost, and confirms it if nothing runs there. */
    void confirmDown() {
        for (Host host : world.hosts()) {
            if (host.process().isEmpty()) {
                any().filter(process -> isLost(process, host.id()))
                        .ifPresent(process -> ask(
                                process,
                                new Request.ConfirmDown(host.id(), "op", "went to see it"),
                                "",
                                host.id().toString()));
            }
        }
    }

    private static boolean isLost(NodeProcess process, NodeId node) {
        return node(process).state().node(node).presence() == Presence.LOST;
    }

    /** What an operator does in the end: forgives the resources, and lets all nodes have them. */
    void tidyUp() {
        for (String resource : ClusterPlan.PRIMITIVES) {
            any().ifPresent(process -> ask(process, new Request.ForgetFailures(resource, Optional.empty()), "", ""));
        }
        for (Host host : world.hosts()) {
            boolean standby = any().map(process -> node(process).state().node(host.id()))
                    .map(NodeStatus::standby)
                    .orElse(false);
            if (standby) {
                standby(host.id(), false);
            }
        }
    }

    private void ask(NodeProcess process, Request request, String key, String value) {
        long number = ++lastRequest;
        world.emit(process, new Event.RequestMade(number, request.getClass().getSimpleName(), key, value));
        node(process).request(request, result -> answered(process, number, result));
    }

    private void answered(NodeProcess process, long number, RequestResult result) {
        StateVersion version = result instanceof RequestResult.Applied applied ? applied.version() : StateVersion.NONE;
        world.emit(process, new Event.RequestEnded(number, result.getClass().getSimpleName(), version));
    }

    /** The designated controller as some node sees it. */
    Optional<NodeId> controller() {
        return any().flatMap(process -> node(process).state().controller());
    }

    boolean allAreMembers() {
        return running().stream()
                .allMatch(process -> world.hosts().stream()
                        .allMatch(host -> node(process).state().node(host.id()).isMember()));
    }

    private Optional<NodeProcess> any() {
        List<NodeProcess> all = running();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private List<NodeProcess> running() {
        return world.hosts().stream()
                .flatMap(host -> host.process().stream())
                .filter(process -> !process.isFrozen() && process.node().isPresent())
                .toList();
    }

    private static RunningNode node(NodeProcess process) {
        return process.node().orElseThrow();
    }
}
