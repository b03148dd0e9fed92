package dev.ha4j.totem.netty;

import static dev.ha4j.totem.netty.VirtualRings.FIRST;
import static dev.ha4j.totem.netty.VirtualRings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.RejectReason;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Two nodes with two links, one of which carries pings and no token. */
class RepeatedTokenTest {

    private static final long MILLI = 1_000_000;

    /** What is longer than pings, and than requests for the token. */
    private static final int TOKEN_BYTES = 90;

    private final RingConfig config =
            RingConfig.builder().nodes(List.of(FIRST, SECOND)).build();

    @ParameterizedTest
    @EnumSource(value = LinkPolicy.class, names = "ACTIVE", mode = Mode.EXCLUDE)
    void passesByTheOtherLinkAtTheFirstRepeat(LinkPolicy policy) {
        VirtualRings rings = new VirtualRings(config, 2, policy);
        rings.run(3_000 * MILLI);
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        int before = rings.ringsOf(FIRST);
        long visits = rotations(rings);
        rings.loses = (sender, link, bytes) -> link == 0 && bytes >= TOKEN_BYTES;
        long hops = 20;
        rings.run(hops * config.times().nanos(RingTime.TOKEN_RETRANSMIT));
        assertThat(rings.ringsOf(FIRST)).isEqualTo(before);
        assertThat(rotations(rings) - visits).isGreaterThanOrEqualTo(hops / 4);
    }

    /** What arrives twice counts once; what arrives late, too. */
    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void theSecondCopyIsDropped(LinkPolicy policy) {
        VirtualRings rings = new VirtualRings(config, 2, policy);
        rings.run(3_000 * MILLI);
        rings.delayNanos = config.times().nanos(RingTime.TOKEN_RETRANSMIT) * 11 / 10;
        rings.run(3_000 * MILLI);
        assertThat(rings.ring(FIRST).report().security().rejected().get(RejectReason.REPLAY))
                .isPositive();
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        assertThat(rings.ring(FIRST).report().ring().token().lost()).isZero();
    }

    /** A healthy ring repeats nothing, so it pays nothing. */
    @ParameterizedTest
    @EnumSource(value = LinkPolicy.class, names = "ACTIVE", mode = Mode.EXCLUDE)
    void aTokenThatArrivesIsSentOnce(LinkPolicy policy) {
        VirtualRings rings = new VirtualRings(config, 2, policy);
        rings.run(3_000 * MILLI);
        long before = rings.ring(SECOND).report().security().rejected().get(RejectReason.REPLAY);
        rings.run(10_000 * MILLI);
        assertThat(rings.ring(SECOND).report().security().rejected().get(RejectReason.REPLAY))
                .isEqualTo(before);
    }

    private static long rotations(VirtualRings rings) {
        return rings.ring(FIRST).report().ring().token().rotations();
    }
}
