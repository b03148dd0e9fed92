package dev.ha4j.controller.command;

import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Instances begin and cease to differ only while nothing of them can be active. */
class UniquenessTest {

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);
    private static final Primitive SHARD = Primitive.of("shard");
    private static final Clone ALIKE = Clone.of(SHARD, CloneOptions.EVERYWHERE);
    private static final Clone UNIQUE = Clone.of(SHARD, CloneOptions.unique(3));

    private ClusterState state;

    private static ClusterPolicy policy(ResourceSpec... resources) {
        return new ClusterPolicy(
                "test",
                List.of(NodeSpec.of(1, "a", "10.0.0.1"), NodeSpec.of(2, "b", "10.0.0.2")),
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS,
                List.of(resources),
                List.of(),
                List.of());
    }

    private void cluster(ResourceSpec... resources) {
        state = ClusterState.initial(policy(resources));
        for (NodeId node : List.of(A, B)) {
            Incarnation life = new Incarnation("machine-" + node, "boot", "directory", 1);
            state = state.change()
                    .node(node, status -> status.joined(life, 1, new TreeSet<>(List.of("shard"))))
                    .build();
        }
    }

    private void done(OperationName operation, NodeId node, String resource, ReturnCode code) {
        ended(operation, node, resource, OperationStatus.DONE, code);
    }

    private void ended(OperationName operation, NodeId node, String resource, OperationStatus status, ReturnCode code) {
        long callId = state.lastCallId() + 1;
        state = state.change()
                .lastCallId(callId)
                .record(
                        new OperationKey(node, resource, operation, 0),
                        new OperationRecord(callId, status, code, ReturnCode.OK, 0, 0, 1, ""))
                .build();
    }

    private Optional<String> refusal(ResourceSpec... next) {
        return Uniqueness.refusal(state, policy(next));
    }

    @Test
    void whatRunsCantBeginToDiffer() {
        cluster(ALIKE);
        done(START, A, "shard", ReturnCode.OK);
        assertThat(refusal(UNIQUE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("shard may be active on node 1", "stop it"));
    }

    @Test
    void whatRunsCantCeaseToDiffer() {
        cluster(UNIQUE);
        done(START, B, "shard:2", ReturnCode.OK);
        assertThat(refusal(ALIKE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("shard:2"));
        assertThat(refusal(SHARD)).as("as the only one, too").isPresent();
    }

    @Test
    void whatCouldNotBeStoppedOrIsNotAnsweredYetMayRun() {
        cluster(ALIKE);
        ended(STOP, A, "shard", OperationStatus.TIMED_OUT, ReturnCode.OK);
        assertThat(refusal(UNIQUE)).isPresent();
        cluster(ALIKE);
        ended(START, A, "shard", OperationStatus.PENDING, ReturnCode.OK);
        assertThat(refusal(UNIQUE)).isPresent();
    }

    @Test
    void whatIsStoppedCanAndIsProbedAnew() {
        cluster(ALIKE, Primitive.of("other"));
        done(START, A, "shard", ReturnCode.OK);
        done(STOP, A, "shard", ReturnCode.OK);
        done(MONITOR, B, "shard", ReturnCode.NOT_RUNNING);
        done(START, B, "other", ReturnCode.OK);
        ClusterPolicy next = policy(UNIQUE, Primitive.of("other"));
        assertThat(Uniqueness.refusal(state, next)).isEmpty();
        assertThat(Uniqueness.history(state, next).keys())
                .extracting(OperationKey::resource)
                .containsOnly("other");
    }

    @Test
    void nothingBeginsToDifferWhileANodeIsLost() {
        cluster(ALIKE);
        state = state.change().node(B, status -> status.gone(Presence.LOST)).build();
        assertThat(refusal(UNIQUE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("node 2"));
        state = state.change()
                .node(B, status -> status.gone(Presence.LEFT_CLEANLY))
                .build();
        assertThat(refusal(UNIQUE)).isEmpty();
    }

    @Test
    void moreOrFewerNumbersAreNoOtherNames() {
        cluster(UNIQUE);
        done(START, A, "shard:2", ReturnCode.OK);
        state = state.change().node(B, status -> status.gone(Presence.LOST)).build();
        for (int instances : List.of(1, 5)) {
            ClusterPolicy next = policy(Clone.of(SHARD, CloneOptions.unique(instances)));
            assertThat(Uniqueness.refusal(state, next)).isEmpty();
            assertThat(Uniqueness.history(state, next).keys()).hasSize(1);
        }
    }

    @Test
    void whoIsAMemberOfAGroupCountsAsWell() {
        cluster(new Group("pair", MetaOptions.DEFAULTS, List.of(SHARD, Primitive.of("web"))));
        done(START, A, "web", ReturnCode.OK);
        Group pair = new Group("pair", MetaOptions.DEFAULTS, List.of(SHARD, Primitive.of("web")));
        assertThat(refusal(Clone.of(pair, CloneOptions.unique(2))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("web may be active on node 1"));
    }

    @Test
    void whatWasRemovedWhileItRanComesBackUnderOtherNamesOnlyWhenItIsStopped() {
        cluster(ALIKE);
        done(START, A, "shard", ReturnCode.OK);
        ClusterPolicy without = policy();
        assertThat(Uniqueness.refusal(state, without)).isEmpty();
        state = state.change()
                .policy(without)
                .history(Uniqueness.history(state, without))
                .build();
        assertThat(refusal(UNIQUE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("shard may be active on node 1"));
        done(STOP, A, "shard", ReturnCode.OK);
        assertThat(refusal(UNIQUE)).isEmpty();
        assertThat(Uniqueness.history(state, policy(UNIQUE)).keys()).isEmpty();
        assertThat(refusal(ALIKE)).isEmpty();
        assertThat(Uniqueness.history(state, policy(ALIKE)).keys()).isNotEmpty();
    }

    @Test
    void whatWasRemovedBeforeItsHolderWasLostWaitsForItsEnd() {
        cluster(SHARD);
        done(START, B, "shard", ReturnCode.OK);
        state = state.change()
                .terms(state.terms()
                        .grant("shard", B, state.node(B).incarnation().orElseThrow(), state.version()))
                .policy(policy())
                .forgetHistory(B)
                .node(B, status -> status.gone(Presence.LOST))
                .build();
        assertThat(refusal(UNIQUE))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("shard may be active on node 2, which is lost"));
        assertThat(refusal(SHARD)).as("the grant says enough of the same name").isEmpty();
        state = state.change()
                .node(B, status -> status.withProof(status.proof().with(ProofLevel.POWER_VERIFIED)))
                .build();
        assertThat(refusal(UNIQUE)).isEmpty();
    }
}
