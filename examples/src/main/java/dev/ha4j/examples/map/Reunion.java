package dev.ha4j.examples.map;

import dev.ha4j.api.NodeId;
import dev.ha4j.examples.map.MapMessage.Change;
import dev.ha4j.examples.map.MapMessage.Claim;
import dev.ha4j.examples.map.MapMessage.Piece;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Members with different pasts agree on one: all claim, the best sends what it has, and meanwhile changes wait. */
final class Reunion {

    private final RingId ring;
    private final SortedSet<NodeId> members;
    private final TreeMap<NodeId, Long> claims = new TreeMap<>();
    private final Map<String, String> received = new TreeMap<>();
    private final List<Change> waiting = new ArrayList<>();

    Reunion(RegularConfiguration configuration) {
        this.ring = configuration.ring();
        this.members = configuration.members();
    }

    /** What was sent for an earlier ring may come late. */
    boolean isOf(RingId other) {
        return ring.equals(other);
    }

    /** True with the last claim. */
    boolean claimed(NodeId sender, Claim claim) {
        return claims.put(sender, claim.changes()) == null && claims.size() == members.size();
    }

    /** Once all have claimed: who has had the most changes; of equals, the lowest. */
    NodeId best() {
        return claims.entrySet().stream()
                .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
                .orElseThrow()
                .getKey();
    }

    void received(Piece piece) {
        received.putAll(piece.entries());
    }

    Map<String, String> received() {
        return received;
    }

    void waits(Change change) {
        waiting.add(change);
    }

    /** What was to change since the ring began. */
    List<Change> waiting() {
        return waiting;
    }
}
