package dev.ha4j.examples.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.examples.map.MapMessage.Change;
import dev.ha4j.examples.map.MapMessage.Claim;
import dev.ha4j.examples.map.MapMessage.Piece;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private final Map<String, String> entries = new TreeMap<>();
    private final List<MapMessage> sent = new ArrayList<>();
    private final Replica replica = new Replica(
            NodeId.of(1),
            entries,
            (lane, message) -> {
                sent.add(message);
                return new CompletableFuture<>();
            },
            news -> {});

    @Test
    void theMostChangesWinAndWhatCameMeanwhileComesAfterThem() {
        RingId ring = begin(1, Set.of(1, 2), Set.of(2));
        deliver(1, new Claim(ring, 0));
        deliver(2, new Change("b", Optional.of("new")));
        deliver(2, new Claim(ring, 2));
        deliver(2, new Piece(ring, 2, false, Map.of("a", "old")));
        assertThat(entries).isEmpty();
        deliver(2, new Piece(ring, 2, true, Map.of("b", "old")));
        assertThat(entries).isEqualTo(Map.of("a", "old", "b", "new"));
    }

    @Test
    void ofEqualsTheLowestSendsWhatItHas() {
        RingId ring = begin(1, Set.of(1, 2), Set.of(2));
        deliver(2, new Claim(ring, 0));
        deliver(1, new Claim(ring, 0));
        assertThat(sent).containsExactly(new Claim(ring, 0), new Piece(ring, 0, true, Map.of()));
    }

    /** Nobody joins the second ring, and its members are as different as they were. */
    @Test
    void aReunionThatAnotherRingInterruptsBeginsAgain() {
        RingId interrupted = begin(1, Set.of(1, 2, 3), Set.of(2, 3));
        deliver(2, new Claim(interrupted, 5));
        RingId ring = begin(2, Set.of(1, 3), Set.of());
        assertThat(sent).containsExactly(new Claim(interrupted, 0), new Claim(ring, 0));
        deliver(1, new Claim(interrupted, 0));
        deliver(1, new Claim(ring, 0));
        deliver(3, new Claim(ring, 1));
        deliver(3, new Piece(interrupted, 7, true, Map.of("too", "late")));
        deliver(3, new Piece(ring, 1, true, Map.of("a", "of three")));
        assertThat(entries).isEqualTo(Map.of("a", "of three"));
    }

    private RingId begin(long sequence, Set<Integer> members, Set<Integer> joined) {
        RingId ring = new RingId(NodeId.of(1), sequence);
        replica.regular(
                new RegularConfiguration(ring, nodes(members), nodes(joined), nodes(Set.of()), nodes(Set.of())));
        return ring;
    }

    private static SortedSet<NodeId> nodes(Set<Integer> ids) {
        return ids.stream().map(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private void deliver(int sender, MapMessage message) {
        replica.delivered(new Delivery(
                new RingId(NodeId.of(1), 1),
                1,
                NodeId.of(sender),
                OptionalLong.empty(),
                message.encode(),
                DeliveryGuarantee.AGREED,
                false));
    }

    @Test
    void aMapIsCutIntoPiecesThatAreAllOfIt() {
        Map<String, String> all =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "key " + i, i -> "x".repeat(5_000) + i));
        Map<String, String> joined = new TreeMap<>();
        List<Boolean> last = new ArrayList<>();
        for (Pieces pieces = new Pieces(new RingId(NodeId.of(1), 1), 100, all); pieces.hasNext(); ) {
            Piece piece = (Piece) MapMessage.decode(pieces.next().encode());
            assertThat(piece.encode().length).isLessThan(50_000);
            joined.putAll(piece.entries());
            last.add(piece.last());
        }
        assertThat(joined).isEqualTo(all);
        assertThat(last).hasSizeGreaterThan(10).endsWith(true).containsOnlyOnce(true);
    }
}
