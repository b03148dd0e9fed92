package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class QuorumDeviceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestCluster cluster = new TestCluster(policy());
    private final Voice first = new Voice();
    private final Voice second = new Voice();

    /** What the arbiter says to one node: given by the test. */
    private static final class Voice implements QuorumDevice {
        private Consumer<DeviceAnswer> listener = answer -> {};
        private boolean granted;
        private long tenure = 1;
        private String arbiter = "";

        @Override
        public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
            listener = answer;
            granted = false;
        }

        @Override
        public String arbiter() {
            return arbiter;
        }

        void grants() {
            granted = true;
            tell();
        }

        /** A refusal, or the end of the connection. */
        void refuses() {
            granted = false;
            tenure++;
            tell();
        }

        private void tell() {
            listener.accept(new DeviceAnswer(granted, tenure));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static ClusterPolicy policy() {
        QuorumDeviceOptions device =
                new QuorumDeviceOptions(OptionalInt.of(1), false, Duration.ofSeconds(10), PATIENCE);
        return new ClusterPolicy(
                "test",
                List.of(NodeSpec.of(1, "a", "10.0.0.1"), NodeSpec.of(2, "b", "10.0.0.2")),
                QuorumOptions.DEFAULTS.withDevice(device),
                ClusterOptions.DEFAULTS,
                List.of(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE)),
                List.of(),
                List.of());
    }

    private void formed() {
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        cluster.node(1).device = first;
        cluster.node(2).device = second;
        cluster.nodes.values().forEach(node -> node.implemented.add("ledger"));
        cluster.startAll();
        cluster.ring(1, 2);
        cluster.run(Duration.ofMillis(10));
        first.grants();
        second.grants();
        cluster.run(Duration.ofSeconds(1));
    }

    private void parted() {
        cluster.ring(1);
        cluster.ring(2);
        cluster.run(Duration.ofMillis(20));
    }

    private void firstGoesOnAlone() {
        parted();
        second.refuses();
        first.grants();
        cluster.run(Duration.ofSeconds(1));
    }

    private void assertThatNeitherUsesItsVote() {
        parted();
        first.grants();
        second.grants();
        cluster.run(Duration.ofSeconds(1));

        assertThat(quorate(1)).isFalse();
        assertThat(quorate(2)).isFalse();
    }

    private boolean quorate(int node) {
        return cluster.node(node).controller.state().quorate();
    }

    @Test
    void theHalfThatHasTheVoteGoesOn() {
        formed();
        firstGoesOnAlone();

        assertThat(quorate(1)).isTrue();
        assertThat(quorate(2)).isFalse();
    }

    @Test
    void whoWasRefusedOnceDoesNotUseALaterVote() {
        formed();
        firstGoesOnAlone();
        cluster.node(1).crash();
        second.grants();
        cluster.run(Duration.ofSeconds(1));

        assertThat(quorate(2)).isFalse();
    }

    @Test
    void whoHasStartedAnewDoesNotUseTheVoteBeforeItHasMetTheOthers() {
        formed();
        cluster.node(1).crash();
        cluster.node(2).crash();
        cluster.node(2).boot();
        cluster.run(Duration.ofMillis(50));
        cluster.ring(2);
        cluster.run(Duration.ofMillis(20));
        second.grants();
        cluster.run(Duration.ofSeconds(1));

        assertThat(quorate(2)).isFalse();
    }

    @Test
    void aVoteThatComesAfterTheEpochHasOpenedCountsForTheNextRing() {
        formed();
        firstGoesOnAlone();
        cluster.ring(1, 2);
        cluster.run(Duration.ofSeconds(1));
        second.grants();
        cluster.run(Duration.ofSeconds(1));
        cluster.node(1).crash();
        cluster.ring(2);
        cluster.run(Duration.ofMillis(20));
        second.grants();
        cluster.run(Duration.ofSeconds(1));

        assertThat(quorate(2)).isTrue();
    }

    @Test
    void aVoteForARingThatOthersHaveLeftIsNoBeginning() {
        formed();
        cluster.node(2).cutOff();
        cluster.ring(1);
        cluster.run(Duration.ofMillis(20));
        second.refuses();
        first.grants();
        cluster.run(Duration.ofSeconds(1));
        assertThat(quorate(1)).isTrue();
        cluster.node(1).crash();
        second.grants();
        cluster.run(Duration.ofSeconds(1));
        cluster.ring(2);
        cluster.run(Duration.ofMillis(20));
        second.grants();
        cluster.run(Duration.ofSeconds(1));

        assertThat(quorate(2)).isFalse();
    }

    @Test
    void whileTheRingLastsItStaysQuorateWithoutTheDevice() {
        formed();
        firstGoesOnAlone();
        first.refuses();
        cluster.run(Duration.ofSeconds(20));

        assertThat(quorate(1)).isTrue();
        assertThat(cluster.node(1).active).containsKey("ledger");
    }

    @Test
    void noneOfTwoArbitersCounts() {
        first.arbiter = "alpha";
        second.arbiter = "beta";
        formed();
        assertThatNeitherUsesItsVote();
    }

    @Test
    void noVoteCountsAnyMoreWhenOneTakesAnotherArbiterWhileTheRingLasts() {
        first.arbiter = "alpha";
        second.arbiter = "alpha";
        formed();
        second.arbiter = "beta";
        second.refuses();
        second.grants();
        cluster.run(Duration.ofSeconds(1));
        assertThatNeitherUsesItsVote();
    }

    @Test
    void theVoteCountsAgainWhenAllAskTheSameArbiter() {
        first.arbiter = "alpha";
        second.arbiter = "beta";
        formed();
        second.arbiter = "alpha";
        second.refuses();
        second.grants();
        cluster.run(Duration.ofSeconds(1));
        firstGoesOnAlone();

        assertThat(quorate(1)).isTrue();
        assertThat(quorate(2)).isFalse();
    }

    @Test
    void whoHasNoDeviceDoesNotSpoilThatOfTheOther() {
        first.arbiter = "alpha";
        formed();
        firstGoesOnAlone();

        assertThat(quorate(1)).isTrue();
        assertThat(quorate(2)).isFalse();
    }

    @Test
    void rolesGoOnWhileTheVoteIsAwaited() {
        formed();
        int holder = cluster.node(1).active.isEmpty() ? 2 : 1;
        parted();
        (holder == 1 ? second : first).refuses();
        cluster.run(Duration.ofSeconds(1));
        assertThat(cluster.node(holder).active).containsKey("ledger");
        assertThat(cluster.node(holder).lease.isHeld(1)).isTrue();
        (holder == 1 ? first : second).grants();
        cluster.run(Duration.ofSeconds(20));

        assertThat(quorate(holder)).isTrue();
        assertThat(cluster.node(holder).lease.isHeld(1)).isTrue();
        assertThat(cluster.node(3 - holder).active).isEmpty();
    }

    @Test
    void aDeviceThatIsSilentIsNotAwaitedForEver() {
        formed();
        parted();
        cluster.run(PATIENCE.plusSeconds(1));

        assertThat(quorate(1)).isFalse();
        assertThat(cluster.node(1).active).isEmpty();
        assertThat(cluster.node(2).active).isEmpty();
    }
}
