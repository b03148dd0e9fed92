package dev.ha4j.node.environment;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.UdpRingReport;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A node's seat in the ring. The {@link RingListener} that was given for it is called on its loop. */
public interface RingPort {

    /** The ring's thread, with the clock by which its events are stamped. */
    EventLoop loop();

    /**
     * Begins to gather with others. Before, nothing is heard of the ring. May block; called on the controller's loop.
     *
     * @throws IOException if the node can't be reached at its own address
     */
    void start() throws IOException;

    /** Calls the ring on its loop, with the time there; from any thread. Does nothing once the ring is closed. */
    void onRing(BiConsumer<TotemRing, Long> call);

    /** What passes the sockets, and how the links to the others are; on the ring's loop. Empty without sockets. */
    default Optional<UdpRingReport> network() {
        return Optional.empty();
    }

    /** Names of nodes that can't be resolved, and the like, by where; from any thread. */
    default SortedMap<String, String> addressProblems() {
        return Collections.emptySortedMap();
    }

    /**
     * Other nodes are configured from now on, or the same at other addresses; from any thread, after the start.
     *
     * @param nodes all of them, this one included
     * @return done when the ring has gone over to them; fails, and nothing has changed, if their addresses can't be used
     */
    default CompletionStage<Void> changeNodes(List<NodeSpec> nodes) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("the nodes of this ring are fixed"));
    }

    /**
     * Changes the accepted keys; the first is the one to send with. From any thread.
     *
     * @return fails with {@link IllegalStateException}, and nothing has changed, if a key is left out that is still in use
     */
    default CompletionStage<Void> changeKeys(List<AuthKey> keys) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Shows another certificate to the others from now on. From any thread.
     *
     * @return fails with {@link IllegalStateException} if the cluster does without, with {@link IllegalArgumentException} if it is
     *     not that of this node
     */
    default CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return CompletableFuture.failedFuture(new IllegalStateException("the nodes of this ring have no certificates"));
    }

    /** Ends the ring, and gives back sockets and threads; from any thread but the ring's. Calling it again does nothing. */
    void close();
}
