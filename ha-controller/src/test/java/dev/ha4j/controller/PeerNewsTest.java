package dev.ha4j.controller;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.Notice;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the instance of node a hears of the log. */
class PeerNewsTest {

    private static final String NAMES = "abc";
    private final Instance here = new Instance();
    private ClusterState state = ClusterState.initial(new ClusterPolicy(
            "test",
            List.of(NodeSpec.of(1, "a", "10.0.0.1"), NodeSpec.of(2, "b", "10.0.0.2"), NodeSpec.of(3, "c", "10.0.0.3")),
            QuorumOptions.DEFAULTS,
            ClusterOptions.DEFAULTS,
            List.of(Clone.of(Primitive.of("pg"), CloneOptions.ONE_PROMOTED.withNotifications())),
            List.of(),
            List.of()));
    private final PeerNews news = new PeerNews(id("a"), here, state);

    /** Hears when it is told to, as one that is slow does. */
    private static final class Instance implements ResourceExecutor {

        private record Told(Notice notice, Consumer<OperationOutcome> done) {}

        private final ArrayDeque<Told> waiting = new ArrayDeque<>();

        @Override
        public void execute(OperationOrder order, Consumer<OperationOutcome> done) {
            waiting.add(new Told(order.notice().orElseThrow(), done));
        }

        Notice hears() {
            return ends(OperationStatus.DONE, ReturnCode.OK);
        }

        Notice ends(OperationStatus status, ReturnCode code) {
            Told told = waiting.remove();
            told.done.accept(new OperationOutcome(status, code, 1, "", OptionalInt.empty()));
            return told.notice;
        }

        @Override
        public void cancel(String resource, long intervalMillis) {}

        @Override
        public void stopAll(String reason, Consumer<SortedSet<String>> done) {}

        @Override
        public void stopExclusive(String reason, Consumer<SortedSet<String>> done) {}

        @Override
        public SortedSet<String> implemented() {
            return new TreeSet<>();
        }

        @Override
        public SortedMap<String, Role> active() {
            return new TreeMap<>();
        }
    }

    private static NodeId id(String node) {
        return NodeId.of(NAMES.indexOf(node) + 1);
    }

    @BeforeEach
    void allAreMembers() {
        for (String node : List.of("a", "b", "c")) {
            Incarnation life = new Incarnation("machine-" + node, "boot", "directory", 1);
            state = state.change()
                    .node(id(node), status -> status.joined(life, 1, new TreeSet<>(List.of("pg"))))
                    .build();
        }
    }

    private void done(OperationName operation, String node) {
        ended(operation, node, OperationStatus.DONE);
    }

    private void ended(OperationName operation, String node, OperationStatus status) {
        long callId = state.lastCallId() + 1;
        ReturnCode ok = ReturnCode.OK;
        state = state.change()
                .lastCallId(callId)
                .record(
                        new OperationKey(id(node), "pg", operation, 0),
                        new OperationRecord(callId, status, ok, ok, 0, 0, 1, ""))
                .build();
        news.now(state);
    }

    private static SortedSet<String> nodes(String... names) {
        return new TreeSet<>(List.of(names));
    }

    @Test
    void whoRunsHearsWhatWasDoneWithItsPeersAndItself() {
        done(START, "a");
        Notice own = here.hears();
        assertThat(own.phase()).isEqualTo(Notice.Phase.AFTER);
        assertThat(own.nodes(START)).containsExactly("a");
        done(START, "b");
        assertThat(here.hears().nodes(START)).containsExactly("b");
        done(PROMOTE, "b");
        Notice promoted = here.hears();
        assertThat(promoted.operations()).containsOnlyKeys(PROMOTE).containsEntry(PROMOTE, nodes("b"));
        assertThat(promoted.active()).containsEntry("a", Role.UNPROMOTED).containsEntry("b", Role.PROMOTED);
        assertThat(here.waiting).isEmpty();
    }

    @Test
    void whoDoesNotRunHearsNothingAndNothingOfItLater() {
        done(START, "b");
        done(PROMOTE, "b");
        assertThat(here.waiting).isEmpty();
        done(START, "a");
        Notice first = here.hears();
        assertThat(first.operations()).containsOnlyKeys(START).containsEntry(START, nodes("a"));
        assertThat(first.active()).containsEntry("b", Role.PROMOTED);
    }

    @Test
    void whatIsNotKnownForDoneIsNotTold() {
        done(START, "a");
        done(START, "b");
        here.hears();
        here.hears();
        ended(STOP, "b", OperationStatus.TIMED_OUT);
        ended(PROMOTE, "c", OperationStatus.PENDING);
        assertThat(here.waiting).isEmpty();
    }

    @Test
    void theEndOfALostPeerIsToldWhenItIsProven() {
        done(START, "a");
        here.hears();
        done(START, "b");
        here.hears();
        done(PROMOTE, "b");
        here.hears();
        state = state.change()
                .node(id("b"), status -> status.gone(Presence.LOST))
                .build();
        news.now(state);
        assertThat(here.waiting).isEmpty();
        state = state.change()
                .node(id("b"), status -> status.withProof(status.proof().with(ProofLevel.POWER_VERIFIED)))
                .build();
        news.now(state);
        Notice end = here.hears();
        assertThat(end.nodes(STOP)).containsExactly("b");
        assertThat(end.nodes(DEMOTE)).containsExactly("b");
        assertThat(end.active()).containsOnlyKeys("a");
    }

    @Test
    void aSlowOneHearsOfAllThatChangedMeanwhileInOneNotice() {
        done(START, "a");
        done(START, "b");
        done(START, "c");
        done(PROMOTE, "c");
        assertThat(here.waiting).as("one at a time").hasSize(1);
        assertThat(here.hears().active()).containsOnlyKeys("a");
        Notice rest = here.hears();
        assertThat(rest.nodes(START)).containsExactly("b", "c");
        assertThat(rest.nodes(PROMOTE)).containsExactly("c");
        assertThat(here.waiting).isEmpty();
    }

    @Test
    void whatWasNeverBegunIsPartOfTheNextNotice() {
        done(START, "a");
        here.hears();
        done(START, "b");
        here.ends(OperationStatus.CANCELLED, ReturnCode.GENERIC_ERROR);
        assertThat(here.waiting).as("there is nothing new").isEmpty();
        done(START, "c");
        assertThat(here.hears().nodes(START)).containsExactly("b", "c");
    }

    @Test
    void oneThatThrowsOrTakesTooLongHasHeardIt() {
        done(START, "a");
        here.ends(OperationStatus.DONE, ReturnCode.GENERIC_ERROR);
        done(START, "b");
        here.ends(OperationStatus.TIMED_OUT, ReturnCode.GENERIC_ERROR);
        done(START, "c");
        assertThat(here.hears().nodes(START)).containsExactly("c");
    }

    @Test
    void whatIsPastIsToldBeforeItIsAskedAboutWhatComes() {
        done(START, "a");
        done(START, "b");
        news.catchUp("pg");
        assertThat(here.waiting).hasSize(2);
        Notice before = news.before(state, "pg", new Intent(PROMOTE, new TreeSet<>(List.of(id("b")))));
        here.hears();
        assertThat(here.hears().active()).isEqualTo(before.active());
        assertThat(before.isBefore()).isTrue();
        assertThat(before.operations()).containsOnlyKeys(PROMOTE).containsEntry(PROMOTE, nodes("b"));
        assertThat(here.waiting).isEmpty();
    }
}
