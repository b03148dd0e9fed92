package dev.ha4j.totem.netty;

import static dev.ha4j.totem.netty.VirtualRings.FIRST;
import static dev.ha4j.totem.netty.VirtualRings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.totem.RingConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets are as large as the links that carry them: not smaller for those that don't, nor larger than those that may next. */
class PacketsAndLinksTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND_NANOS = 1_000 * MILLI;
    private static final NodeId THIRD = NodeId.of(3);
    private static final int JUMBO = 8_972;
    private static final int ETHERNET = 1_472;
    private static final int MESSAGE_BYTES = 64 << 10;

    /** Of one message, each way that it takes. */
    private static final int LARGE_PACKETS = MESSAGE_BYTES / JUMBO + 1;

    private final VirtualRings.Loss nothing = (sender, link, bytes) -> false;

    private static VirtualRings started(LinkPolicy policy, int links, NodeId... nodes) {
        RingConfig config = RingConfig.builder().nodes(List.of(nodes)).build();
        VirtualRings rings = new VirtualRings(config, links, LinkOptions.of(policy), JUMBO);
        rings.run(5 * SECOND_NANOS);
        assertThat(rings.membersAt(FIRST)).isEqualTo(nodes.length);
        return rings;
    }

    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aDeadSecondLinkDoesNotShrinkPackets(LinkPolicy policy) {
        VirtualRings rings = started(policy, 2, FIRST, SECOND);
        int before = rings.ringsOf(FIRST);
        rings.loses = (sender, link, bytes) -> link == 1;
        rings.run(60 * SECOND_NANOS);
        assertThat(link(rings, 1).datagramBytes()).as("nothing is known of it").isLessThan(ETHERNET);
        assertThat(fullDatagrams(rings)).isEqualTo(LARGE_PACKETS);
        assertThat(rings.ringsOf(FIRST)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aLinkThatComesBackHasProvenItsSizeWhenItIsUp(LinkPolicy policy) {
        VirtualRings rings = started(policy, 2, FIRST, SECOND);
        rings.loses = (sender, link, bytes) -> link == 1;
        rings.run(60 * SECOND_NANOS);
        rings.loses = nothing;
        while (!link(rings, 1).up()) {
            rings.run(MILLI);
        }
        assertThat(link(rings, 1).datagramBytes()).isEqualTo(JUMBO);
    }

    /** It was proven once, on another way. */
    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aLinkThatComesBackNarrowerCostsNoMessageAndNoMember(LinkPolicy policy) {
        VirtualRings rings = started(policy, 2, FIRST, SECOND);
        int before = rings.ringsOf(FIRST);
        rings.loses = (sender, link, bytes) -> link == 1;
        rings.run(SECOND_NANOS);
        assertThat(link(rings, 1).up()).isFalse();
        rings.loses = (sender, link, bytes) -> link == 1 && bytes > ETHERNET;
        rings.run(SECOND_NANOS);
        assertThat(link(rings, 1).up()).isTrue();
        int delivered = rings.payloadsAt(SECOND).size();
        submit(rings);
        rings.loses = (sender, link, bytes) -> link == 0 || bytes > ETHERNET;
        submit(rings);
        rings.run(SECOND_NANOS);
        assertThat(rings.payloadsAt(SECOND)).hasSize(delivered + 2);
        assertThat(rings.ringsOf(FIRST)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aDeadNodeDoesNotShrinkPackets(LinkPolicy policy) {
        VirtualRings rings = started(policy, 1, FIRST, SECOND, THIRD);
        rings.loses = (sender, link, bytes) -> sender.equals(THIRD);
        rings.run(60 * SECOND_NANOS);
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        assertThat(fullDatagrams(rings)).isEqualTo(LARGE_PACKETS);
    }

    private static LinkReport link(VirtualRings rings, int number) {
        return rings.ring(FIRST).report().links().get(number);
    }

    private static void submit(VirtualRings rings) {
        rings.submit(FIRST, new byte[MESSAGE_BYTES]);
    }

    /** That bring a message to the second node by its first link. */
    private static int fullDatagrams(VirtualRings rings) {
        return rings.carry(FIRST, SECOND, new byte[MESSAGE_BYTES]).getOrDefault(0, 0);
    }
}
