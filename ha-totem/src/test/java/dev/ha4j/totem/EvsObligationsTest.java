package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.SimulatedNode.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is owed when a ring breaks (paper of Moser and others, section 5): which messages of the old ring have to be delivered, in
 * which configuration, and what stays owed when the recovery itself is cut short.
 */
class EvsObligationsTest {

    private static final long MILLI = 1_000_000L;
    private static final long STEP = 10_000;

    private SimulatedCluster cluster = settled(3);

    private static SimulatedCluster settled(int size) {
        SimulatedCluster cluster = new SimulatedCluster(
                RingConfig.builder()
                        .nodes(IntStream.rangeClosed(1, size)
                                .mapToObj(NodeId::of)
                                .toList())
                        .build(),
                1);
        IntStream.rangeClosed(1, size).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        return cluster;
    }

    @AfterEach
    void extendedVirtualSynchronyHolds() {
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void whatOneSurvivorHasReachesAllBeforeTheChange() {
        loseFrom(3, 2);
        submit(3, DeliveryGuarantee.AGREED);
        cluster.run(20 * MILLI);
        assertThat(texts(2)).isEmpty();
        crash(3);

        assertThat(delivered(1, text(3, 1)).late()).isFalse();
        assertThat(delivered(2, text(3, 1)).late())
                .as("nothing is missing before it")
                .isFalse();
    }

    @Test
    void behindAGapOnlyMessagesOfThoseWhoCameAlongAreDelivered() {
        loseFrom(3, 1, 2);
        submit(3, DeliveryGuarantee.AGREED);
        cluster.run(3 * MILLI);
        submit(3, DeliveryGuarantee.AGREED);
        cluster.run(3 * MILLI);
        submit(1, DeliveryGuarantee.AGREED);
        cluster.run(3 * MILLI);
        assertThat(texts(1)).as("waits for what is missing").isEmpty();
        crash(3);

        for (int survivor = 1; survivor <= 2; survivor++) {
            assertThat(texts(survivor)).containsExactly(text(1, 1));
            assertThat(delivered(survivor, text(1, 1)).late()).isTrue();
        }
    }

    @Test
    void aSafeMessageThatNotAllHaveIsDeliveredInTheTransitionalConfiguration() {
        loseFrom(1, 3);
        submit(1, DeliveryGuarantee.SAFE);
        cluster.run(50 * MILLI);
        assertThat(texts(1)).as("one has not got it").isEmpty();
        crash(3);

        for (int survivor = 1; survivor <= 2; survivor++) {
            assertThat(delivered(survivor, text(1, 1)).late()).isTrue();
        }
    }

    @Test
    void aMessageThatACrashedMemberDeliveredAsSafeIsDeliveredByAll() {
        int deliveredByOneOnly = 0;
        for (int sender = 1; sender <= 3; sender++) {
            cluster = settled(3);
            submit(sender, DeliveryGuarantee.SAFE);
            while (holders().isEmpty()) {
                cluster.run(STEP);
            }
            List<Integer> first = holders();
            crash(first.get(0));
            if (first.size() == 1) {
                deliveredByOneOnly++;
                for (int survivor = 1; survivor <= 3; survivor++) {
                    assertThat(texts(survivor))
                            .as("sender %s, at %s", sender, survivor)
                            .hasSize(1);
                }
                extendedVirtualSynchronyHolds();
            }
        }
        assertThat(deliveredByOneOnly).isPositive();
    }

    @Test
    void whatWasOwedInARecoveryStaysOwedWhenItsSenderDiesBeforeTheEnd() {
        int interrupted = 0;
        for (int sender = 1; sender <= 3; sender++) {
            cluster = settled(4);
            messageBehindAGapOfNodeFour(sender);
            cluster.crash(4);
            Optional<Integer> first = firstToInstall();
            crash(sender);
            if (first.equals(Optional.of(sender))) {
                interrupted++;
                assertThat(delivered(sender, text(sender, 1)).late()).isTrue();
                for (int survivor = 1; survivor <= 3; survivor++) {
                    assertThat(texts(survivor)).as("at %s", survivor).containsExactly(text(sender, 1));
                    assertThat(delivered(survivor, text(sender, 1)).late()).isTrue();
                }
                extendedVirtualSynchronyHolds();
            }
        }
        assertThat(interrupted).isPositive();
    }

    @Test
    void whatWasNotOwedYetIsForgottenWithItsSender() {
        cluster = settled(4);
        messageBehindAGapOfNodeFour(1);
        cluster.crash(4);
        while (!cluster.node(1).ring.report().state().equals("recovery")) {
            cluster.run(STEP);
        }
        crash(1);

        assertThat(texts(2)).isEqualTo(texts(3)).isEmpty();
    }

    /** Node 4's first message is lost to all; behind it, this sender's reaches everybody. */
    private void messageBehindAGapOfNodeFour(int sender) {
        loseFrom(4, 1, 2, 3);
        submit(4, DeliveryGuarantee.AGREED);
        cluster.run(3 * MILLI);
        submit(sender, DeliveryGuarantee.AGREED);
        cluster.run(3 * MILLI);
        assertThat(texts(sender)).isEmpty();
    }

    /** Runs until one of nodes 1 to 3 has installed the ring without node 4; empty if several did at once. */
    private Optional<Integer> firstToInstall() {
        while (true) {
            cluster.run(STEP);
            List<Integer> installed = IntStream.rangeClosed(1, 3)
                    .filter(number -> cluster.node(number).history.stream()
                            .anyMatch(event -> event instanceof History.Regular regular
                                    && regular.configuration().members().size() == 3))
                    .boxed()
                    .toList();
            if (!installed.isEmpty()) {
                return installed.size() == 1 ? Optional.of(installed.get(0)) : Optional.empty();
            }
        }
    }

    /** No packet brings the next message of a node to these others, whoever sends it again. */
    private void loseFrom(int sender, int... targets) {
        List<NodeId> deaf = new ArrayList<>();
        for (int target : targets) {
            deaf.add(NodeId.of(target));
        }
        long[] lost = {-1};
        cluster.lose = (from, to, message) -> {
            if (!(message instanceof RegularMessage regular)
                    || !regular.sender().equals(NodeId.of(sender))) {
                return false;
            }
            lost[0] = lost[0] < 0 ? regular.sequence() : lost[0];
            return regular.sequence() == lost[0] && deaf.contains(to);
        };
    }

    private void submit(int node, DeliveryGuarantee guarantee) {
        cluster.node(node).submit(guarantee, Lane.CONTROL, 20);
    }

    private void crash(int node) {
        cluster.crash(node);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
    }

    private List<Integer> holders() {
        return cluster.nodes.keySet().stream()
                .map(NodeId::value)
                .filter(number -> !texts(number).isEmpty())
                .toList();
    }

    private static String text(int node, int number) {
        return node + "/1/" + number;
    }

    private List<String> texts(int node) {
        return deliveries(node).stream().map(History.Delivered::text).toList();
    }

    private History.Delivered delivered(int node, String text) {
        return deliveries(node).stream()
                .filter(delivery -> delivery.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text + " was not delivered at " + node));
    }

    private List<History.Delivered> deliveries(int node) {
        return cluster.node(node).history.stream()
                .filter(History.Delivered.class::isInstance)
                .map(History.Delivered.class::cast)
                .toList();
    }
}
