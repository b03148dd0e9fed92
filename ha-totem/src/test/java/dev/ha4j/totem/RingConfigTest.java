package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NetworkProfile;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RingConfigTest {

    private static final NodeId SELF = NodeId.of(1);

    @ParameterizedTest
    @EnumSource(NetworkProfile.class)
    void aProfileSetsTimesWindowAndLinks(NetworkProfile profile) {
        RingConfig ring = builder().network(profile).build();
        UdpRingConfig config = udp(ring);
        assertThat(ring.times().profile()).isEqualTo(profile);
        assertThat(ring.flow()).isEqualTo(profile.flow());
        assertThat(config.links().answersUntilUp()).isEqualTo(profile.answersUntilUp());
    }

    @Test
    void whatIsSaidAfterTheProfileCounts() {
        RingConfig ring = builder()
                .network(NetworkProfile.WAN)
                .tokenTimeout(Duration.ofSeconds(4))
                .windowMessages(100)
                .build();
        assertThat(ring.times().of(RingTime.TOKEN_TIMEOUT)).isEqualTo(Duration.ofSeconds(4));
        assertThat(ring.flow().windowMessages()).isEqualTo(100);
        assertThat(ring.flow().visitsBeforeRequest()).isEqualTo(1);
    }

    @Test
    void everyNumberThatCanNotWorkIsNamed() {
        assertThatThrownBy(() -> builder().windowMessages(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windowMessages")
                .hasMessageContaining("messagesPerVisit");
    }

    @Test
    void datagramsHaveToHoldThePacketsOfTheRing() {
        UdpRingConfig config = udp(builder().build());
        assertThatThrownBy(() -> config.maxDatagramBytes(1_300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxDatagramBytes is 1300")
                .hasMessageContaining("maxPacketBytes");
    }

    private static UdpRingConfig udp(RingConfig ring) {
        TreeMap<NodeId, InetSocketAddress> addresses =
                new TreeMap<>(Map.of(SELF, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5405)));
        return UdpRingConfig.of("one", SELF, ring, addresses, ClusterKey.generate(new SecureRandom()), 1);
    }

    private static RingConfig.Builder builder() {
        return RingConfig.builder().nodes(List.of(SELF));
    }
}
