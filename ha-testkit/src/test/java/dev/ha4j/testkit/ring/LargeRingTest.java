package dev.ha4j.testkit.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sixty-four nodes from the datagram up: they find each other, come and go, fall apart and merge, judged all the time. */
@Timeout(120)
class LargeRingTest {

    private static final int NODES = 64;
    private static final int ETHERNET_DATAGRAM_BYTES = 1_472;
    private static final int SIDES = 8;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RingFixture ring = new RingFixture(NODES, ETHERNET_DATAGRAM_BYTES);

    @Test
    void formsChurnsAndMerges() {
        ring.start(ring.all());
        becomes("formation", ring.all(), Duration.ofSeconds(3));
        everybodyIsHeard();

        SortedSet<NodeId> gone = RingFixture.nodes(20, 27);
        TreeSet<NodeId> others = new TreeSet<>(ring.all());
        others.removeAll(gone);
        ring.kill(gone);
        becomes("the others after eight died", others, Duration.ofSeconds(3));
        ring.start(gone);
        becomes("all after eight came back", ring.all(), Duration.ofSeconds(5));
        everybodyIsHeard();

        List<SortedSet<NodeId>> sides = sides();
        ring.between(sides, Path::cut);
        Duration apart = ring.until(() -> sides.stream().allMatch(ring::areOneRing), LIMIT);
        assertThat(apart).as("a ring on each side").isLessThan(Duration.ofSeconds(5));
        ring.between(sides, Path::mend);
        becomes("one ring of eight", ring.all(), Duration.ofSeconds(5));
        everybodyIsHeard();
        assertThat(ring.findings.all()).isEmpty();
    }

    private static List<SortedSet<NodeId>> sides() {
        int each = NODES / SIDES;
        return IntStream.range(0, SIDES)
                .mapToObj(side -> RingFixture.nodes(1 + side * each, (side + 1) * each))
                .toList();
    }

    private void becomes(String what, SortedSet<NodeId> members, Duration within) {
        Duration took = ring.until(() -> ring.areOneRing(members), LIMIT);
        System.out.println(what + ": " + took.toMillis() + " ms");
        assertThat(took).as(what).isLessThan(within);
    }

    private void everybodyIsHeard() {
        long before = ring.deliveredAt(1);
        ring.all().forEach(node -> ring.submit(node.value(), 100));
        Duration took = ring.until(() -> ring.deliveredAt(1) - before == NODES, LIMIT);
        assertThat(took).as("a message of each").isLessThan(Duration.ofSeconds(1));
    }
}
