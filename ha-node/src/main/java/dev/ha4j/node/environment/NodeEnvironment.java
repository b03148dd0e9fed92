package dev.ha4j.node.environment;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.controller.ControllerListener;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.Disk;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.LeaseClock;
import dev.ha4j.runtime.Workers;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a node needs of the world: threads, clocks, disk and network in production, virtual time in a simulation. The same
 * assembly runs on both. Whoever made an environment ends it; the node only closes the ring that it opened.
 */
public interface NodeEnvironment {

    /**
     * Takes a seat in the ring, without starting it. Called once.
     *
     * @param sequences its callbacks are posted to {@link RingPort#loop} by the node
     */
    RingPort openRing(RingConfig config, NodeId self, RingSequences sequences, RingListener listener);

    /** The loop of the controller, and of all that the node itself keeps. */
    EventLoop controllerLoop();

    /** Runs plans; any thread. */
    Executor planner();

    /** Runs what belongs to the user. */
    Workers workers();

    /** Runs what uses {@link #disk}: one task at a time, in order. */
    Executor diskExecutor();

    Disk disk();

    LeaseClock leaseClock();

    /** Wall time, milliseconds since 1970. */
    LongSupplier wallMillis();

    /** For this node alone; used on the controller's loop and before it starts. */
    RandomGenerator random();

    /** The life that begins with this environment. */
    Incarnation incarnation();

    /** The highest feature level that this software knows. */
    int featureLevel();

    /** The operator who says that this node counts for quorum though its state is lost, and why; empty for nobody. */
    default String lostStateAcceptedBy() {
        return "";
    }

    /** Whether the node joins a cluster that exists, and founds none. */
    default boolean newcomer() {
        return false;
    }

    /** The arbiter that gives its vote to one partition. The node closes it, when it gets another or ends. */
    default QuorumDevice quorumDevice() {
        return QuorumDevice.NONE;
    }

    /** The node can't vouch for its exclusive roles any more: ends this process, or as much of the world as stands for it. */
    void halt(String reason);

    /** Where the parts of the node that this environment makes or owns log to. */
    default Logger logger(String name) {
        return LoggerFactory.getLogger(name);
    }

    /** A simulation may listen in on what the controller tells its node. */
    default ControllerListener observed(ControllerListener listener) {
        return listener;
    }
}
