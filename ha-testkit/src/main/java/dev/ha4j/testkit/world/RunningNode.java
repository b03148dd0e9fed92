package dev.ha4j.testkit.world;

import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.quorum.QuorumDevice;
import java.util.function.Consumer;

/** A production node in a simulated process, as the world handles it. */
public interface RunningNode {

    /** Makes a node in the process and starts it. */
    @FunctionalInterface
    interface Factory {
        RunningNode start(NodeProcess process);
    }

    /** The replicated state as this node knows it. */
    ClusterState state();

    /** What this node knows of itself and the others. */
    NodeReport report();

    void request(Request request, Consumer<RequestResult> done);

    /** The same, under an id of the caller's: asked again, it is carried out once. */
    void request(RequestId id, Request request, Consumer<RequestResult> done);

    /** An operator orders it to fence another, with quorum or without. */
    void fence(Request.Fence order, Consumer<FenceAnswer> done);

    /** An operator tells it to go on without quorum. */
    void say(QuorumWord word, Consumer<RequestResult> done);

    /**
     * Gives it another quorum device.
     *
     * @throws IllegalStateException if it can't take it
     */
    void quorumDevice(QuorumDevice device);

    /** Hands over and leaves; {@code done} when the process may end. */
    void leave(Runnable done);

    /** Whether the node has ended by itself; its process is of no use any more. */
    boolean isOver();
}
