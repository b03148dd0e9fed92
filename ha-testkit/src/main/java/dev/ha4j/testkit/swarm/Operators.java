package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applications and operators: they ask nodes for things, truthfully, and remember what they were told. */
final class Operators {

    private static final int KEYS = 24;

    private static final String HEALTH = HealthOptions.PREFIX + "-disk";

    /** How long a node is on standby before it is removed. */
    private static final long REMOVAL_NANOS = 1_500_000_000L;

    private static final long CLIENT = 0x0707;
    private static final long LONGEST_RETRY_NANOS = 5_000_000_000L;

    private final World world;
    private final SplittableRandom random;
    private final TreeSet<NodeId> withoutVote = new TreeSet<>();
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

    /** A second user of the ring sends safe messages from now on, at random times and through any node. */
    void sendSafely(Duration every) {
        long delay = 1 + random.nextLong(2 * every.toNanos());
        world.time().after(delay, () -> {
            if (!resting) {
                List<Host> hosts = List.copyOf(world.hosts());
                world.sendSafe(hosts.get(random.nextInt(hosts.size())), random);
                sendSafely(every);
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
        any().ifPresent(this::setAttribute);
    }

    /** Asks one node for many things at one instant. */
    void askAtOnce(Host host, int requests) {
        host.process()
                .filter(process -> !process.isFrozen() && process.node().isPresent())
                .ifPresent(process -> {
                    for (int i = 0; i < requests; i++) {
                        setAttribute(process);
                    }
                });
    }

    /** A second user of the ring sends many safe messages at one instant. */
    void sendSafelyAtOnce(Host host, int messages) {
        for (int i = 0; i < messages; i++) {
            world.sendSafe(host, random);
        }
    }

    private void setAttribute(NodeProcess process) {
        String key = "key" + random.nextInt(KEYS);
        String value = "v" + (lastRequest + 1);
        NodeId subject = NodeId.of(1 + Integer.parseInt(key.substring(3)) % 3);
        ask(process, new Request.SetAttribute(subject, key, Optional.of(value)), key, value);
    }

    void standby(NodeId node, boolean on) {
        any().ifPresent(process -> ask(process, new Request.Standby(node, on), "", ""));
    }

    void ticket(Request.TicketChange change) {
        any().ifPresent(process ->
                ask(process, new Request.ChangeTicket(ClusterPlan.TICKET, change, "op", "for the test"), "", ""));
    }

    /** Soon, so that there is a cluster that can take it; where that was too soon, {@link #tidyUp} does it. */
    void grantTicketAfter(Duration delay) {
        world.time().after(delay.toNanos(), () -> {
            if (!resting) {
                ticket(Request.TicketChange.GRANT);
            }
        });
    }

    void health(NodeId node, HealthColor color) {
        Request.SetAttribute set = new Request.SetAttribute(node, HEALTH, Optional.of(color.word()));
        any().ifPresent(process -> ask(process, set, "", ""));
    }

    void reconfigure() {
        any().ifPresent(process -> node(process)
                .state()
                .policy()
                .resource("ledger")
                .map(Primitive.class::cast)
                .map(ledger -> ledger.parameter(ClusterPlan.CHANGING, "v" + lastRequest))
                .ifPresent(changed -> ask(process, new Request.PutResource(changed), "", "")));
    }

    /** Gives a node other votes (one less than the number), or removes it (0); what is returned brings it back. */
    Runnable changeVoters(NodeId node, int votesAndOne) {
        if (votesAndOne > 0) {
            any().ifPresent(process -> changeVoters(process, node, Optional.of(votesAndOne - 1)));
            return () -> {};
        }
        standby(node, true);
        world.time()
                .after(REMOVAL_NANOS, () -> any().ifPresent(process -> changeVoters(process, node, Optional.empty())));
        return () -> {
            quorate().ifPresent(process -> changeVoters(process, node, Optional.of(1)));
            standby(node, false);
        };
    }

    /**
     * Adds somebody who was removed and is not back, if there is one: a removed node has no place in the ring of the others. Its
     * vote it gets when it is there, for those who are here might have no quorum with one vote more expected.
     */
    void addRemoved() {
        quorate().ifPresent(process -> {
            ClusterState state = node(process).state();
            if (state.voters().change().isEmpty()) {
                world.options().policy().nodes().stream()
                        .filter(spec -> state.policy().node(spec.id()).isEmpty() || isToVote(state, spec.id()))
                        .findFirst()
                        .ifPresent(spec -> addRemoved(process, spec));
            }
        });
    }

    /** Gives the cluster its ticket, if it has none yet: what was asked when there was no quorum was refused. */
    void grantWhatIsRefused() {
        if (ClusterPlan.hasRules(world.options().policy())) {
            quorate()
                    .filter(process ->
                            !node(process).state().ticket(ClusterPlan.TICKET).isUsable())
                    .ifPresent(process -> ticket(Request.TicketChange.GRANT));
        }
    }

    private boolean isToVote(ClusterState state, NodeId node) {
        return withoutVote.contains(node) && state.node(node).isMember();
    }

    private void addRemoved(NodeProcess process, NodeSpec spec) {
        boolean isBack = withoutVote.remove(spec.id());
        if (!isBack) {
            withoutVote.add(spec.id());
        }
        changeVoters(process, spec.id(), Optional.of(isBack ? spec.votes() : 0));
    }

    /** One that knows what is decided. */
    private Optional<NodeProcess> quorate() {
        return world.hosts().stream()
                .flatMap(host -> host.process().stream())
                .filter(process -> !process.isFrozen() && process.node().isPresent())
                .filter(process -> node(process).report().quorum().quorate())
                .findFirst();
    }

    private void changeVoters(NodeProcess process, NodeId node, Optional<Integer> votes) {
        ClusterPolicy before = node(process).state().policy();
        NodeSpec spec = world.options().policy().node(node).orElseThrow();
        ClusterPolicy after =
                votes.map(count -> before.withNode(spec.votes(count))).orElseGet(() -> before.withoutNode(spec.name()));
        if (!after.nodes().isEmpty()) {
            ClusterPolicy balanced = after.withQuorum(tieBroken(after));
            ask(process, new Request.ChangeVoters(before, balanced, "op", "for the test"), "", node.toString());
        }
    }

    /** What the cluster has decided, as somebody knows who is quorate. */
    Optional<ClusterState> decided() {
        return quorate().map(process -> node(process).state());
    }

    /** Takes the votes of the quorum device, or gives it some where nothing excludes that. */
    void changeDevice(Optional<Integer> votes) {
        quorate().ifPresent(process -> {
            ClusterPolicy before = node(process).state().policy();
            QuorumOptions without = before.quorum().withoutDevice();
            QuorumOptions after = votes.map(count -> without.withTieBreaker(TieBreaker.NONE)
                            .withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(count)))
                    .orElseGet(() -> tieBroken(before.withQuorum(without)));
            ask(process, new Request.ChangeVoters(before, before.withQuorum(after), "op", "another device"), "", "");
        });
    }

    /** Ties there are only of an even number of votes. */
    private static QuorumOptions tieBroken(ClusterPolicy policy) {
        int votes = policy.nodes().stream().mapToInt(NodeSpec::votes).sum();
        boolean shrinks = policy.quorum().lastManStanding().isPresent();
        boolean ties = (votes % 2 == 0 || shrinks) && policy.quorum().device().isEmpty();
        return policy.quorum().withTieBreaker(ties ? TieBreaker.LOWEST : TieBreaker.NONE);
    }

    /** Tells a node without quorum that others are down, and that it is to go on. */
    void unblock(Host host, List<NodeId> declared, Duration length, Runnable applied) {
        present(host).ifPresent(process -> {
            String nodes = declared.stream().map(NodeId::toString).collect(Collectors.joining(","));
            long now = process.wallMillis().getAsLong();
            say(
                    process,
                    new Unblock(new TreeSet<>(declared), length, false, "op", "they are off", now),
                    nodes,
                    applied);
        });
    }

    /** Tells somebody that nobody need wait for all. */
    void cancelWaitForAll() {
        any().ifPresent(process -> say(process, new CancelWaitForAll("op", "they won't come"), "", () -> {}));
    }

    private void say(NodeProcess process, QuorumWord word, String about, Runnable applied) {
        long number = ++lastRequest;
        world.emit(process, new Event.RequestMade(number, word.getClass().getSimpleName(), "", about));
        node(process).say(word, result -> {
            StateVersion version = result instanceof RequestResult.Applied done ? done.version() : StateVersion.NONE;
            world.emit(process, new Event.RequestEnded(number, result.getClass().getSimpleName(), version));
            if (result instanceof RequestResult.Applied) {
                applied.run();
            }
        });
    }

    /** Has a node fence another with its own devices, quorum or not. */
    void fenceAlone(Host host, NodeId target) {
        present(host).ifPresent(process -> {
            long number = ++lastRequest;
            world.emit(process, new Event.RequestMade(number, "Fence", "", target.toString()));
            node(process)
                    .fence(
                            new Request.Fence(target, "op", "it is to be off"),
                            answer -> world.emit(
                                    process,
                                    new Event.RequestEnded(
                                            number, answer.outcome().name(), StateVersion.NONE)));
        });
    }

    private static Optional<NodeProcess> present(Host host) {
        return host.process()
                .filter(process -> !process.isFrozen() && process.node().isPresent());
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
        for (String resource : ClusterPlan.KNOWN) {
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
        if (ClusterPlan.hasRules(world.options().policy())) {
            ticket(Request.TicketChange.GRANT);
            world.hosts().forEach(host -> health(host.id(), HealthColor.GREEN));
        }
    }

    private void ask(NodeProcess process, Request request, String key, String value) {
        ask(process, new Asked(++lastRequest, request, key, value));
    }

    private void ask(NodeProcess process, Asked asked) {
        String what = asked.request.getClass().getSimpleName();
        world.emit(process, new Event.RequestMade(asked.number, what, asked.key, asked.value));
        RequestId id = new RequestId(CLIENT, asked.number);
        node(process).request(id, asked.request, result -> answered(process, asked, result));
    }

    private void answered(NodeProcess process, Asked asked, RequestResult result) {
        StateVersion version = result instanceof RequestResult.Applied applied ? applied.version() : StateVersion.NONE;
        world.emit(
                process, new Event.RequestEnded(asked.number, result.getClass().getSimpleName(), version));
        if (result instanceof RequestResult.Indeterminate && random.nextBoolean()) {
            world.time().after(1 + random.nextLong(LONGEST_RETRY_NANOS), () -> askAgain(process, asked));
        }
    }

    /** Of the same node, which remembers what it has sent. */
    private void askAgain(NodeProcess process, Asked asked) {
        boolean isThere = running().contains(process);
        if (isThere && !resting) {
            ask(process, asked);
        }
    }

    /** What somebody wants, under a number that stays the same however often it is asked for. */
    private record Asked(long number, Request request, String key, String value) {}

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
