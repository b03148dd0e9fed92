package dev.ha4j.node.environment;

import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.Submission;

/**
 * A node's seat in the ring. All methods but {@link #loop} and {@link #close} are called on the ring's own loop, where they
 * don't block; the {@link RingListener} is called on that loop too.
 */
public interface RingPort {

    /** The ring's thread, with the clock by which its events are stamped. */
    EventLoop loop();

    /** Begins to gather with others. Before, nothing is heard of the ring. */
    void start();

    /** Queues a message for the total order, with agreed delivery. The payload must not be changed afterwards. */
    Submission submit(Lane lane, byte[] payload);

    /** Lowers the window of the whole ring to this fraction of the configured one, 0 to 1. */
    void advertiseWindow(double fractionOfFull);

    /** Says good-bye; {@link RingListener#left} follows. */
    void leave();

    RingReport report();

    /** Ends the ring without a good-bye, and gives back sockets and threads; from any thread. Calling it again does nothing. */
    void close();
}
