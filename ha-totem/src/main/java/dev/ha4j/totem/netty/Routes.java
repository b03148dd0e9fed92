package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways to all configured peers. On the loop only. */
final class Routes {

    private final Map<NodeId, PeerRoute> byPeer = new TreeMap<>();
    private SortedSet<NodeId> members = Collections.emptySortedSet();
    private List<PeerRoute> toMembers = List.of();

    /** From now on there are these and no others. */
    void become(Collection<PeerRoute> others) {
        byPeer.clear();
        others.forEach(route -> byPeer.put(route.peer(), route));
        members = Collections.emptySortedSet();
        toMembers = List.of();
    }

    Collection<PeerRoute> all() {
        return byPeer.values();
    }

    Optional<PeerRoute> to(NodeId peer) {
        return Optional.ofNullable(byPeer.get(peer));
    }

    /** Null if the peer is not configured, or has no address on that link. */
    @Nullable
    PeerLink link(NodeId peer, int number) {
        PeerRoute route = byPeer.get(peer);
        return route == null ? null : route.link(number);
    }

    Stream<PeerLink> links() {
        return byPeer.values().stream().flatMap(route -> route.links().stream());
    }

    /** The same object until the members change, so that what goes to them can wait for each other. */
    Collection<PeerRoute> to(SortedSet<NodeId> others) {
        if (others != members) {
            members = others;
            toMembers =
                    others.stream().map(byPeer::get).filter(Objects::nonNull).toList();
        }
        return toMembers;
    }
}
