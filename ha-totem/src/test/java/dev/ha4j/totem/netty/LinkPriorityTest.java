package dev.ha4j.totem.netty;

import static dev.ha4j.totem.netty.VirtualRings.FIRST;
import static dev.ha4j.totem.netty.VirtualRings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.totem.RingConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three links, the second of which is to be used first, then the third. */
class LinkPriorityTest {

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final byte[] MESSAGE = new byte[32 << 10];
    private static final int ETHERNET = 1_472;
    private static final int MESSAGES = 60;

    private final RingConfig config =
            RingConfig.builder().nodes(List.of(FIRST, SECOND)).build();

    private VirtualRings started(LinkOptions options) {
        VirtualRings rings = new VirtualRings(config, 3, options, ETHERNET);
        rings.run(5 * SECOND_NANOS);
        assertThat(rings.membersAt(FIRST)).isEqualTo(2);
        return rings;
    }

    private static void awaitUp(VirtualRings rings, int link) {
        while (!rings.ring(FIRST).report().links().get(link).up()) {
            rings.run(SECOND_NANOS / 100);
        }
    }

    @Test
    void packetsTakeTheHighestThatIsUpAndReturnToIt() {
        VirtualRings rings = started(LinkOptions.DEFAULTS.priorities(0, 20, 10));
        int before = rings.ringsOf(FIRST);
        assertThat(carried(rings)).containsOnlyKeys(1);
        rings.loses = (sender, link, bytes) -> link == 1;
        rings.run(SECOND_NANOS);
        assertThat(carried(rings)).containsOnlyKeys(2);
        rings.loses = (sender, link, bytes) -> link > 0;
        rings.run(SECOND_NANOS);
        assertThat(carried(rings)).containsOnlyKeys(0);
        rings.loses = (sender, link, bytes) -> link == 2;
        awaitUp(rings, 1);
        assertThat(carried(rings)).containsOnlyKeys(1);
        rings.loses = (sender, link, bytes) -> false;
        awaitUp(rings, 2);
        assertThat(carried(rings)).containsOnlyKeys(1);
        assertThat(rings.ringsOf(FIRST)).isEqualTo(before);
    }

    @Test
    void amongEqualsTheLowestNumberIsFirst() {
        VirtualRings rings = started(LinkOptions.DEFAULTS.priorities(7, 7, 7));
        assertThat(carried(rings)).containsOnlyKeys(0);
    }

    @Test
    void anActiveRingUsesAllWhateverTheirPriorities() {
        VirtualRings rings = started(LinkOptions.of(LinkPolicy.ACTIVE).priorities(0, 20, 10));
        assertThat(carried(rings)).containsOnlyKeys(0, 1, 2);
    }

    /** Not tokens on one link and messages on another. */
    @Test
    void roundRobinSharesMessagesEvenlyWhateverTheirPriorities() {
        VirtualRings rings = started(LinkOptions.of(LinkPolicy.ROUND_ROBIN).priorities(0, 20, 10));
        Map<Integer, Integer> shares = new TreeMap<>();
        for (int message = 0; message < MESSAGES; message++) {
            carried(rings).forEach((link, datagrams) -> shares.merge(link, datagrams, Integer::sum));
        }
        int all = shares.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(shares).containsOnlyKeys(0, 1, 2);
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(all / 4, all / 2));
    }

    private static Map<Integer, Integer> carried(VirtualRings rings) {
        return rings.carry(FIRST, SECOND, MESSAGE);
    }
}
