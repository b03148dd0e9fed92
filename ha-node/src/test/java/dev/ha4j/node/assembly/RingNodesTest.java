package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.TotemRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Whom a node tells its ring of, while it does not know what was decided without it. */
class RingNodesTest {

    private static final NodeSpec SELF = NodeSpec.of(1, "a", "192.0.2.1");

    private final List<SortedSet<NodeId>> told = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private SortedSet<NodeId> disowned = Collections.emptySortedSet();
    private final ClusterState state = ClusterState.initial(ClusterConfig.named("orders")
            .node(SELF)
            .node(NodeSpec.of(2, "b", "192.0.2.2"))
            .node(NodeSpec.of(3, "c", "192.0.2.3"))
            .authKey(AuthKey.random())
            .build()
            .policy());
    private final RingNodes nodes =
            new RingNodes(SELF, state, new Told(), () -> disowned, waiting::add, NOPLogger.NOP_LOGGER);

    @BeforeEach
    void begin() {
        nodes.begin(state);
        nodes.ringChanged(nodes(1, 3));
    }

    @Test
    void whomOthersCallUnknownCountsEveryOtherWhile() {
        disowned = nodes(3);
        grace();
        assertThat(told).containsExactly(nodes(1, 2));
        nodes.ringChanged(nodes(1));
        grace();
        assertThat(told).containsExactly(nodes(1, 2), nodes(1, 2, 3));
    }

    @Test
    void allCountAgainOnceTheRingHasAnEpoch() {
        disowned = nodes(3);
        grace();
        nodes.ringChanged(nodes(1, 2));
        nodes.stateChanged(inEpoch(1));
        assertThat(told).containsExactly(nodes(1, 2), nodes(1, 2, 3));
        grace();
        nodes.ringChanged(nodes(1, 2, 3));
        assertThat(told).as("what was said of it before is forgotten").hasSize(2);
    }

    @Test
    void aRingWithAnEpochDoubtsNobody() {
        nodes.stateChanged(inEpoch(1));
        disowned = nodes(3);
        grace();
        grace();
        assertThat(told).isEmpty();
        assertThat(waiting).isEmpty();
    }

    private ClusterState inEpoch(long epoch) {
        return state.change().version(state.version().inEpoch(epoch)).build();
    }

    private void grace() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }

    private static SortedSet<NodeId> nodes(int... ids) {
        return Arrays.stream(ids).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private final class Told implements RingPort {
        @Override
        public EventLoop loop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start() {}

        @Override
        public void onRing(BiConsumer<TotemRing, Long> call) {}

        @Override
        public CompletionStage<Void> changeNodes(List<NodeSpec> all) {
            told.add(all.stream().map(NodeSpec::id).collect(Collectors.toCollection(TreeSet::new)));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
