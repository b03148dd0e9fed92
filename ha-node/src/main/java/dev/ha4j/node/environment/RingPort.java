package dev.ha4j.node.environment;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.LinkReport;
import java.io.IOException;
import java.util.List;
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

    /** How the links to the others are; on the ring's loop. */
    default List<LinkReport> links() {
        return List.of();
    }

    /** Ends the ring, and gives back sockets and threads; from any thread but the ring's. Calling it again does nothing. */
    void close();
}
