package dev.ha4j.testkit.check;

import static dev.ha4j.testkit.check.GoodTrace.FIRST;
import static dev.ha4j.testkit.check.GoodTrace.NOBODY;
import static dev.ha4j.testkit.check.GoodTrace.SECOND;
import static dev.ha4j.testkit.check.GoodTrace.delivered;
import static dev.ha4j.testkit.check.GoodTrace.incarnation;
import static dev.ha4j.testkit.check.GoodTrace.nodes;
import static dev.ha4j.testkit.check.GoodTrace.state;
import static dev.ha4j.testkit.check.Script.by;
import static dev.ha4j.testkit.check.Script.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checkers find nothing in a good trace, and each way to spoil it: a checker that never fails proves nothing. */
class MutatedTraceTest {

    private static final long QUIET_NANOS = 60_000_000_000L;

    private final List<DynamicTest> mutations = new ArrayList<>();

    @Test
    void goodTraceBreaksNoRule() {
        assertThat(rulesBrokenBy(GoodTrace.script(), false)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> mutationsOfTheRing() {
        mutation(
                "one node delivers two messages in the other order",
                "EVS-6",
                s -> s.swap(delivery(2, 1), delivery(2, 2)));
        mutation("a delivery is missing", "EVS-6", s -> s.drop(delivery(2, 2)));
        mutation("a message is delivered twice", "EVS-1", s -> s.twice(delivery(3, 2)));
        mutation(
                "two nodes deliver other contents",
                "EVS-6",
                s -> s.replace(delivery(3, 1), new Event.Delivered(FIRST, 1, NodeId.of(1), 0, 999, false, false)));
        mutation("what is delivered was never sent", "EVS-1", s -> s.drop(by(1, Event.Sent.class)));
        mutation(
                "a message is delivered in another ring",
                "EVS-1",
                s -> s.replace(delivery(2, 1), delivered(SECOND, 1, 1, 2, false, false)));
        mutation("who moves on together delivers not the same", "EVS-4", s -> s.drop(delivery(3, 4)));
        mutation(
                "a message is given up after it was delivered",
                "EVS-3",
                s -> s.after(delivery(2, 2), 2, 1, new Event.Indeterminate(2)));
        mutation("a safe message is not delivered by all", "EVS-7", s -> s.drop(delivery(3, 3)));
        mutation(
                "a safe message is delivered before all are there",
                "EVS-7",
                s -> s.swap(by(3, Event.RegularInstalled.class), delivery(3, 3)));
        mutation("a ring is left without a word", "EVS-2", s -> s.drop(by(2, Event.TransitionalInstalled.class)));
        mutation(
                "nodes disagree who moves on",
                "EVS-2",
                s -> s.replace(
                        by(3, Event.TransitionalInstalled.class),
                        new Event.TransitionalInstalled(FIRST, SECOND, nodes(2), nodes(1, 3), NOBODY)));
        mutation(
                "a ring id falls",
                "EVS-8",
                s -> s.replace(
                        secondRing(2),
                        new Event.RegularInstalled(
                                new RingId(NodeId.of(2), 4), nodes(2, 3), NOBODY, nodes(1), NOBODY)));
        mutation(
                "an earlier life goes on",
                "EVS-9",
                s -> s.after(by(1, Event.NodeDied.class), 1, 2, new Event.NodeStarted("next", 1, true, 0))
                        .after(by(1, Event.NodeDied.class).and(step -> step.life() == 1), 1, 1, new Event.RingLeft())
                        .swap(step -> step.life() == 2, by(1, Event.RingLeft.class)));
        return mutations.stream();
    }

    private static Predicate<TraceRecord> secondRing(int node) {
        return step -> step.node() == node
                && step.event() instanceof Event.RegularInstalled it
                && it.ring().equals(SECOND);
    }

    @TestFactory
    Stream<DynamicTest> mutationsOfQuorumAndState() {
        Predicate<TraceRecord> end = MutatedTraceTest::isEnd;
        mutation(
                "an instance hears of what was not done",
                "N2",
                s -> s.after(
                        end, 2, 1, new Event.NoticeHeard("pg", false, "start", List.of("a"), List.of("a=UNPROMOTED"))));
        mutation("a minority opens an epoch", "Q2", s -> lonely(s, 3));
        mutation("two partitions are quorate", "Q1", s -> lonely(s, 1));
        mutation(
                "an inquorate node gets a term",
                "Q5",
                s -> s.after(end, 2, 1, new Event.QuorumChanged(false, "1 of 3"))
                        .after(
                                MutatedTraceTest::isLossOfQuorum,
                                2,
                                1,
                                new Event.TermGranted("batch", 9, new StateVersion(9, 6))));
        mutation(
                "an inquorate node changes its state",
                "Q5",
                s -> s.after(end, 2, 1, new Event.QuorumChanged(false, "1 of 3"))
                        .after(
                                MutatedTraceTest::isLossOfQuorum,
                                2,
                                1,
                                new Event.StateApplied(GoodTrace.withKey(state(9, 7)))));
        mutation(
                "an epoch is of a ring that was never there",
                "Q6",
                s -> s.after(end, 2, 1, new Event.EpochOpened(77, NodeId.of(2))));
        mutation(
                "an epoch has two controllers",
                "T1",
                s -> s.replace(by(3, Event.EpochOpened.class), new Event.EpochOpened(5, NodeId.of(3))));
        mutation(
                "one version has two states",
                "C1",
                s -> s.replace(
                        by(3, Event.StateApplied.class), new Event.StateApplied(GoodTrace.withKey(state(5, 1)))));
        mutation(
                "an acknowledged change is lost",
                "C2",
                s -> REST_STATES.forEach(node -> s.replace(firstOfEpoch(node), new Event.StateApplied(state(9, 4)))));
        mutation("a change is acknowledged that one disk has", "C2", s -> s.drop(by(3, Event.Persisted.class)));
        mutation(
                "a refused change is there",
                "C3",
                s -> s.replace(
                        by(2, Event.RequestEnded.class), new Event.RequestEnded(1, "Refused", StateVersion.NONE)));
        mutation(
                "a sound disk is refused",
                "C6",
                s -> s.after(by(1, Event.NodeStarted.class), 1, 1, new Event.NodeStopped("log-1 is damaged")));
        mutation(
                "the feature level is above that of a node",
                "V1",
                s -> s.replace(
                        by(3, Event.StateApplied.class),
                        new Event.StateApplied(
                                state(5, 1).change().featureLevel(2).build())));
        return mutations.stream();
    }

    private static final List<Integer> REST_STATES = List.of(2, 3);

    private static Predicate<TraceRecord> firstOfEpoch(int node) {
        return step -> step.node() == node
                && step.event() instanceof Event.StateApplied it
                && it.state().version().equals(new StateVersion(9, 4));
    }

    private static boolean isLossOfQuorum(TraceRecord step) {
        return step.event() instanceof Event.QuorumChanged it && !it.quorate();
    }

    /** The last step of the good trace. */
    private static boolean isEnd(TraceRecord step) {
        return step.event() instanceof Event.Held it && it.token() == 2;
    }

    /** A node opens an epoch all by itself. */
    private static void lonely(Script script, int node) {
        RingId alone = new RingId(NodeId.of(node), 50);
        script.after(secondRing(3), node, 1, new Event.EpochOpened(50, NodeId.of(node)))
                .after(secondRing(3), node, 1, new Event.QuorumChanged(true, "1 of 3"))
                .after(secondRing(3), node, 1, new Event.RegularInstalled(alone, nodes(node), NOBODY, NOBODY, NOBODY))
                .after(
                        secondRing(3),
                        node,
                        1,
                        new Event.TransitionalInstalled(
                                node == 1 ? FIRST : SECOND, alone, nodes(node), nodes(2), NOBODY));
        if (node == 1) {
            moveToTheEnd(script);
        }
    }

    /** What the lonely node does comes when the others are quorate already. */
    private static void moveToTheEnd(Script script) {
        Predicate<TraceRecord> lonely = step -> step.event() instanceof Event.EpochOpened it && it.epoch() == 50;
        script.drop(lonely);
        script.after(
                by(3, Event.TokenReturned.class).and(GoodTraceTimes::late),
                1,
                1,
                new Event.EpochOpened(50, NodeId.of(1)));
    }

    /** Instants of the good trace. */
    private static final class GoodTraceTimes {
        static boolean late(TraceRecord step) {
            return step.atNanos() >= 1_200_000_000L;
        }
    }

    @TestFactory
    Stream<DynamicTest> mutationsOfExclusivityAndFencing() {
        mutation("the holder is not over", "X1", s -> s.drop(by(1, Event.NodeDied.class)));
        mutation(
                "the holder's stop failed",
                "X6",
                s -> s.drop(by(1, Event.NodeDied.class))
                        .after(by(1, Event.Acted.class), 1, 1, new Event.OperationBegan("gateway", "stop", "moves")));
        mutation(
                "nobody proved that the holder is down",
                "X3",
                s -> s.drop(by(2, Event.FenceRecorded.class)).drop(by(3, Event.FenceRecorded.class)));
        mutation(
                "the old term is held on",
                "X2",
                s -> s.drop(by(1, Event.NodeDied.class))
                        .after(MutatedTraceTest::isEnd, 1, 1, new Event.Held("gateway", 1)));
        mutation(
                "a token is used twice",
                "X9",
                s -> s.replace(
                        step -> step.event() instanceof Event.RoleEntered it && it.token() == 3,
                        new Event.RoleEntered("feed", true, 2)));
        mutation("a fence is confirmed that no device confirmed", "X4", s -> s.drop(by(2, Event.FenceAnswer.class)));
        mutation("a fence is confirmed of a node that lives", "X5", s -> s.drop(by(1, Event.NodeDied.class)));
        mutation(
                "a fence is aimed at an earlier life",
                "X5",
                s -> s.replace(
                        by(2, Event.FenceCommand.class),
                        new Event.FenceCommand(NodeId.of(1), "power", "PROMPT", "earlier")));
        mutation(
                "a fence of an earlier life proves the next one down",
                "X5",
                s -> s.after(
                                by(1, Event.NodeDied.class),
                                1,
                                2,
                                new Event.NodeStarted(incarnation(4).toString(), 1, true, 0))
                        .replace(afterFence(2), new Event.StateApplied(nextLifeProvenDown())));
        mutation(
                "a node without lease fences",
                "X7",
                s -> s.drop(by(2, Event.TokenReturned.class)).drop(by(2, Event.TokenReturned.class)));
        mutation("a node is fenced again and again", "X8", s -> {
            for (int i = 0; i < FenceOrderChecker.MOST_IN_A_MINUTE; i++) {
                s.twice(by(2, Event.FenceCommand.class));
            }
        });
        mutation("a fencing is not tried again", "L4", s -> {
            s.at(3_000).add(2, new Event.StateApplied(fencingWaits(7)));
            s.at(20_000).add(2, new Event.StateApplied(fencingWaits(8)));
        });
        mutation(
                "a node leaves cleanly and runs on",
                "X2",
                s -> s.after(by(1, Event.Acted.class), 2, 1, new Event.StateApplied(leftCleanly())));
        return mutations.stream();
    }

    private static Predicate<TraceRecord> afterFence(int node) {
        return step -> step.node() == node
                && step.event() instanceof Event.StateApplied it
                && it.state().version().equals(new StateVersion(9, 6));
    }

    /** Node 1 has come back in a life that is like none before, and the state says that it is switched off. */
    private static ClusterState nextLifeProvenDown() {
        return GoodTrace.withKey(state(9, 6))
                .change()
                .node(NodeId.of(1), status -> {
                    NodeStatus lost =
                            status.joined(incarnation(4), 1, new TreeSet<>()).gone(Presence.LOST);
                    return lost.withProof(lost.proof().with(ProofLevel.POWER_VERIFIED));
                })
                .build();
    }

    private static ClusterState fencingWaits(long index) {
        FenceOperation failed = new FenceOperation(
                2, NodeId.of(1), Optional.of(incarnation(1)), NodeId.of(2), "power", 1, false, "lost", "", 0);
        ClusterState state = state(9, index);
        return state.change()
                .controller(Optional.of(NodeId.of(2)))
                .node(NodeId.of(2), status -> status.joined(incarnation(2), 1, new TreeSet<>()))
                .fencing(state.fencing().with(failed))
                .build();
    }

    private static ClusterState leftCleanly() {
        return state(5, 3)
                .change()
                .node(
                        NodeId.of(1),
                        status -> status.joined(incarnation(1), 1, new TreeSet<>())
                                .gone(Presence.LEFT_CLEANLY))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> mutationsOfTermsAndOperations() {
        mutation("a term is held without any token", "LS1", s -> s.drop(by(1, Event.TokenReturned.class)));
        mutation("a term is held later than the lease", "LS1", s -> late(s, new Event.Held("gateway", 2)));
        mutation("a token that is too late revives a term", "LS2", s -> {
            s.at(4_500).add(2, new Event.TokenReturned(SECOND, 4_450_000_000L));
            s.add(2, new Event.Held("gateway", 2));
        });
        mutation(
                "the token of another ring renews the lease",
                "LS3",
                s -> s.replace(by(1, Event.TokenReturned.class), new Event.TokenReturned(SECOND, 350_000_000)));
        mutation(
                "a term is held on after a pause",
                "LS4",
                s -> s.after(by(1, Event.TokenReturned.class), 1, 1, new Event.NodeWoke(900_000_000)));
        mutation(
                "a term is held that has ended",
                "T3",
                s -> s.after(by(1, Event.OperationEnded.class), 1, 1, new Event.TermEnded("gateway", 1, "stopped")));
        mutation("what is ordered behind starts before", "S1", s -> s.drop(by(2, Event.OperationEnded.class)));
        mutation(
                "what has to be together starts apart",
                "S2",
                s -> s.replace(by(2, Event.OperationEnded.class), new Event.OperationEnded("batch", "start", true)));
        mutation("two operations of a resource at a time", "S5", s -> s.twice(by(1, Event.OperationBegan.class)));
        quiet(
                "a message is never heard of again",
                "EVS-3",
                s -> s.after(MutatedTraceTest::isEnd, 2, 1, new Event.Sent(SECOND, 7, 7, 1)));
        quiet("a request is never answered", "L5", s -> s.drop(by(2, Event.RequestEnded.class)));
        quiet("who was told to leave stays", "L7", s -> s.after(MutatedTraceTest::isEnd, 3, 1, new Event.LeaveBegan()));
        return mutations.stream();
    }

    private static void late(Script script, Event event) {
        script.at(4_300).add(2, event);
    }

    @Test
    void firstQuorumWaitsForAll() {
        Script script = new Script();
        List.of(1, 2)
                .forEach(node ->
                        script.add(node, new Event.NodeStarted(incarnation(node).toString(), 1, true, 0)));
        script.all(List.of(1, 2), new Event.RegularInstalled(FIRST, nodes(1, 2), nodes(2), NOBODY, NOBODY));
        script.all(List.of(1, 2), new Event.QuorumChanged(true, "2 of 3"));
        script.all(List.of(1, 2), new Event.EpochOpened(5, NodeId.of(1)));

        assertThat(rulesBrokenBy(script, true)).contains("Q4");
        assertThat(rulesBrokenBy(script, false)).isEmpty();
    }

    private void mutation(String name, String rule, Consumer<Script> change) {
        mutations.add(DynamicTest.dynamicTest(name + ": " + rule, () -> {
            Script script = GoodTrace.script();
            change.accept(script);
            assertThat(rulesBrokenBy(script, false)).contains(rule);
        }));
    }

    private void quiet(String name, String rule, Consumer<Script> change) {
        mutations.add(DynamicTest.dynamicTest(name + ": " + rule, () -> {
            Script script = GoodTrace.script();
            change.accept(script);
            Checkers checkers = judged(script, false);
            checkers.judgeQuiet(QUIET_NANOS, QUIET_NANOS);
            assertThat(rules(checkers)).contains(rule);
        }));
    }

    private static List<String> rulesBrokenBy(Script script, boolean waitForAll) {
        return rules(judged(script, waitForAll));
    }

    private static List<String> rules(Checkers checkers) {
        return checkers.findings().all().stream()
                .map(Violation::rule)
                .distinct()
                .toList();
    }

    private static Checkers judged(Script script, boolean waitForAll) {
        Checkers checkers = new Checkers(GoodTrace.policy(waitForAll), GoodTrace.LEASE);
        script.steps().forEach(checkers::on);
        return checkers;
    }
}
