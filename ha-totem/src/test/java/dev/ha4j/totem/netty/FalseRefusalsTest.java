package dev.ha4j.totem.netty;

import static dev.ha4j.totem.netty.VirtualRings.FIRST;
import static dev.ha4j.totem.netty.VirtualRings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody forges reports that nobody listens at the peer's. Two nodes with one link have nobody else to ask. */
class FalseRefusalsTest {

    private static final long MILLI = 1_000_000;

    /** So that no answer to an earlier question is under way. */
    private static final long NOW_AND_THEN = 97 * MILLI;

    /** A probe, or the request for one. */
    private static final int PROBE_BYTES = 43;

    private final RingConfig config =
            RingConfig.builder().nodes(List.of(FIRST, SECOND)).build();
    private final VirtualRings rings = new VirtualRings(config, 1, LinkPolicy.PASSIVE);
    private int questions;

    private void assertThatTheRingStays() {
        rings.run(2_000 * MILLI);
        int first = rings.ringsOf(FIRST);
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        rings.every(NOW_AND_THEN, () -> {
            rings.refuse(FIRST, SECOND);
            rings.refuse(FIRST, SECOND);
        });
        rings.run(20_000 * MILLI);
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        assertThat(rings.ringsOf(FIRST)).isEqualTo(first);
    }

    @Test
    void whoIsFartherAwayThanTheRefusalWaitStaysAMember() {
        rings.delayNanos = config.times().nanos(RingTime.REFUSAL_WAIT) * 3 / 4;
        assertThatTheRingStays();
    }

    @Test
    void threeLostQuestionsInARowAreBorne() {
        rings.loses = (sender, link, bytes) -> sender.equals(FIRST) && bytes == PROBE_BYTES && questions++ % 4 != 0;
        assertThatTheRingStays();
    }

    /** A collector, say: it has happened before that this peer was reported, and well. */
    @Test
    void whoIsBusyForAMomentStaysAMember() {
        rings.run(2_000 * MILLI);
        int first = rings.ringsOf(FIRST);
        rings.every(MILLI, () -> rings.refuse(FIRST, SECOND));
        rings.run(1_000 * MILLI);
        rings.loses = (sender, link, bytes) -> true;
        rings.run(50 * MILLI);
        rings.loses = (sender, link, bytes) -> false;
        rings.run(5_000 * MILLI);
        assertThat(rings.ringsOf(FIRST)).isEqualTo(first);
    }
}
