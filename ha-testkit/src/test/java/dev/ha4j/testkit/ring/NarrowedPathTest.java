package dev.ha4j.testkit.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is too large for a path vanishes there, and nobody says so. */
@Timeout(60)
class NarrowedPathTest {

    private static final int JUMBO_DATAGRAM_BYTES = 8_972;
    private static final int ETHERNET_DATAGRAM_BYTES = 1_472;
    private static final int TOO_NARROW_BYTES = 700;
    private static final int MESSAGE_BYTES = 6_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RingFixture ring = new RingFixture(3, JUMBO_DATAGRAM_BYTES);

    @Test
    void aPathThatNarrowsUnderLoadCostsAMomentAndNoRing() {
        ring.start(ring.all());
        ring.until(() -> ring.areOneRing(ring.all()), LIMIT);
        ring.world.run(Duration.ofSeconds(2));
        load(Duration.ofSeconds(1));
        int rings = ring.ringsOf(3);

        toNode3(path -> path.trouble(Path.Trouble.hole(ETHERNET_DATAGRAM_BYTES)));
        long before = ring.deliveredAt(3);
        ring.submit(2, MESSAGE_BYTES);
        Duration stall = ring.until(() -> ring.deliveredAt(3) > before, LIMIT);
        System.out.println("a path narrows, and the next large message takes " + stall.toMillis() + " ms");
        assertThat(stall).isLessThan(Duration.ofSeconds(1));
        load(Duration.ofSeconds(5));
        assertThat(ring.ringsOf(3)).as("rings").isEqualTo(rings);

        toNode3(path -> path.trouble(Path.NONE));
        load(Duration.ofSeconds(20));
        assertThat(ring.world.host(2).process().orElseThrow().report().links())
                .allSatisfy(link -> assertThat(link.datagramBytes()).isEqualTo(JUMBO_DATAGRAM_BYTES));
        assertThat(ring.findings.all()).isEmpty();
    }

    /** It gets the token, and can't get what was sent: the others go on without it, and with it when the path is mended. */
    @Test
    void aNodeBehindAPathThatIsTooNarrowForARingWithdraws() {
        ring.start(ring.all());
        ring.until(() -> ring.areOneRing(ring.all()), LIMIT);
        ring.world.run(Duration.ofSeconds(2));
        toNode3(path -> path.trouble(Path.Trouble.hole(TOO_NARROW_BYTES)));
        ring.submit(2, MESSAGE_BYTES);
        Duration took = ring.until(() -> ring.areOneRing(RingFixture.nodes(1, 2)), LIMIT);
        assertThat(took).isLessThan(Duration.ofSeconds(4));
        assertThat(ring.world.host(3).process().orElseThrow().report().ring().counters())
                .containsKey("failed to receive");
        toNode3(path -> path.trouble(Path.NONE));
        Duration back = ring.until(() -> ring.areOneRing(ring.all()), LIMIT);
        assertThat(back).isLessThan(Duration.ofSeconds(5));
        assertThat(ring.findings.all()).isEmpty();
    }

    private void toNode3(Consumer<Path> change) {
        for (int peer = 1; peer <= 2; peer++) {
            change.accept(ring.world.network().path(NodeId.of(peer), NodeId.of(3), 0));
            change.accept(ring.world.network().path(NodeId.of(3), NodeId.of(peer), 0));
        }
    }

    /** Two large messages each ten milliseconds, of which everybody has all in the end. */
    private void load(Duration length) {
        long before = ring.deliveredAt(3);
        long rounds = length.toMillis() / 10;
        for (long i = 0; i < rounds; i++) {
            ring.submit(1, MESSAGE_BYTES);
            ring.submit(3, MESSAGE_BYTES);
            ring.world.run(Duration.ofMillis(10));
        }
        Duration rest = ring.until(() -> ring.deliveredAt(3) - before == 2 * rounds, LIMIT);
        assertThat(rest).as("until all is delivered").isLessThan(Duration.ofMillis(100));
    }
}
