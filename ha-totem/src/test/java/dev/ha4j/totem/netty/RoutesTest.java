package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final NodeId PEER = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);

    private final Routes routes = new Routes();
    private final SortedSet<NodeId> members = new TreeSet<>(List.of(NodeId.of(1), PEER, OTHER));

    /** The ring still has the members that it had before its configuration changed. */
    @Test
    void whoIsTakenOutGetsNothingMore() {
        routes.become(List.of(route(PEER), route(OTHER)));
        assertThat(routes.to(members)).extracting(PeerRoute::peer).containsExactly(PEER, OTHER);
        routes.become(List.of(route(OTHER)));
        assertThat(routes.to(members)).extracting(PeerRoute::peer).containsExactly(OTHER);
        routes.become(List.of());
        assertThat(routes.to(members)).isEmpty();
    }

    private static PeerRoute route(NodeId peer) {
        return new PeerRoute(peer, List.of(), LinkOptions.DEFAULTS, 0);
    }
}
