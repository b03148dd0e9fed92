package dev.ha4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of the ring: from a profile, from each other, or as somebody says. */
class RingOptionsTest {

    private static ClusterConfigBuilder config() {
        return ClusterConfig.named("orders")
                .node(1, "a", "10.0.0.1", "10.1.0.1")
                .authKey(AuthKey.random());
    }

    @ParameterizedTest
    @EnumSource
    void eachProfileCanBeRun(NetworkProfile profile) {
        RingOptions ring = config().network(profile).build().ring();
        assertThat(ring.times().violations()).isEmpty();
        assertThat(ring.times().isAdaptive()).isFalse();
        assertThat(ring.times().profile()).isEqualTo(profile);
    }

    @Test
    void whatIsSetStaysWhateverElseIsSaid() {
        RingOptions ring = config().tokenTimeout(Duration.ofSeconds(2))
                .ring(r -> r.with(RingTime.CONSENSUS, Duration.ofSeconds(3)).withWindowMessages(30))
                .sockets(s -> s.withKind(SocketKind.NIO).withMulticast("239.192.7.1:5405"))
                .network(NetworkProfile.WAN)
                .build()
                .ring();
        assertThat(ring.tokenTimeout()).hasSeconds(2);
        assertThat(ring.times().of(RingTime.CONSENSUS)).hasSeconds(3);
        assertThat(ring.times().of(RingTime.REFUSAL_WAIT)).as("of the profile").isZero();
        assertThat(ring.times().of(RingTime.PROBE_INTERVAL)).as("follows").hasMillis(100);
        assertThat(ring.flow().windowMessages()).isEqualTo(30);
        assertThat(ring.sockets().kind()).isEqualTo(SocketKind.NIO);
        assertThat(ring.times().toString()).contains("WAN", "tokenTimeout=PT2S (set)", "merge=PT0.4S,");
    }

    @Test
    void theFloorSetsThePaceOfWhatNoticesALossAndLeavesTheRest() {
        RingTimes times = RingOptions.of(NetworkProfile.LAN)
                .withAdaptiveTimeout(Duration.ofMillis(200))
                .times();
        RingTimes fixed = RingTimes.of(NetworkProfile.LAN);
        assertThat(times.isAdaptive()).isTrue();
        assertThat(times.of(RingTime.PROBE_INTERVAL)).hasMillis(8);
        assertThat(times.of(RingTime.HOLD)).isLessThan(times.of(RingTime.TOKEN_RETRANSMIT));
        for (RingTime same : new RingTime[] {RingTime.TOKEN_TIMEOUT, RingTime.CONSENSUS, RingTime.MERGE}) {
            assertThat(times.of(same)).isEqualTo(fixed.of(same));
        }
    }

    @Test
    void whatCanNotWorkIsNamedWithARemedy() {
        assertThatThrownBy(() -> config().tokenTimeout(Duration.ofMillis(1))
                        .ring(r -> r.withAdaptiveTimeout(Duration.ofSeconds(5)))
                        .sockets(s -> s.withMulticast("10.0.0.9:5405").withBufferBytes(1))
                        .build())
                .hasMessageContaining("tokenTimeout")
                .hasMessageContaining("detectionFloor")
                .hasMessageContaining("10.0.0.9:5405, which is no multicast address")
                .hasMessageContaining("bufferBytes");
    }

    @Test
    void consensusMayNotOutlastLeases() {
        assertThatThrownBy(() -> config().ring(r -> r.with(RingTime.CONSENSUS, Duration.ofSeconds(2)))
                        .build())
                .hasMessageContaining("another node's death would end the terms of all");
    }
}
