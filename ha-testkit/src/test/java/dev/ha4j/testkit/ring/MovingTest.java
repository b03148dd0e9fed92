package dev.ha4j.testkit.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a ring begins, and what becomes of it when a host has another address. */
class MovingTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RingFixture ring = new RingFixture(3, 1_472);

    /** Those who are up get the start grace to answer: before, a ring would be one of this node alone. */
    @Test
    void aRingBeginsWhenItsPeersHaveHadTheirTimeToAnswer() {
        ring.between(List.of(RingFixture.nodes(1, 1), RingFixture.nodes(2, 3)), Path::cut);
        ring.start(ring.all());
        Duration grace = ring.world.options().ring().times().of(RingTime.START_GRACE);
        ring.world.run(grace.dividedBy(2));
        assertThat(ring.ringsOf(1)).isZero();
        ring.world.run(grace);
        assertThat(ring.areOneRing(RingFixture.nodes(1, 1))).isTrue();
    }

    @Test
    void aNodeThatMovesIsLostUntilEverybodyIsTold() {
        ring.start(ring.all());
        ring.until(() -> ring.areOneRing(ring.all()), LIMIT);

        ring.world.addresses().move(NodeId.of(3), 0);
        ring.until(() -> ring.areOneRing(RingFixture.nodes(1, 2)), LIMIT);
        assertThat(ring.areOneRing(RingFixture.nodes(1, 2))).isTrue();

        ring.world.hosts().forEach(ring.world::tellAddresses);
        assertThat(ring.until(() -> ring.areOneRing(ring.all()), LIMIT)).isLessThan(Duration.ofSeconds(5));
        assertThat(ring.world.packets().fromElsewhere()).isPositive();
        assertThat(ring.findings.all()).isEmpty();
    }
}
