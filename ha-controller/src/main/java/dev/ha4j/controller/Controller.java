package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The brain of a node: it keeps the replicated state, and acts on it. All methods are called on the loop of its
 * {@link ControllerPorts}, and none blocks.
 */
public final class Controller {

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private ClusterState state;

    public Controller(ControllerConfig config, ControllerPorts ports) {
        this.config = config;
        this.ports = ports;
        this.state = ClusterState.initial(config.policy());
    }

    /** Reads the log from disk; {@code ready} when this node may join the ring. A disk that can't be trusted stops the node. */
    public void start(Runnable ready) {
        ports.loop().execute(ready);
    }

    /**
     * A message was delivered in total order.
     *
     * @param sender who sent it
     * @param ownId what {@link OrderedBroadcast#submit} answered, if this node sent it
     * @param payload what was sent
     * @param inTransitional whether it came after the transitional configuration: not all members may have it
     */
    public void delivered(NodeId sender, OptionalLong ownId, byte[] payload, boolean inTransitional) {}

    /** The ring broke up; what is delivered from now on may not have reached all. */
    public void transitional() {}

    /** The ring was formed anew. */
    public void regular(RingView view) {}

    /** A message of this node was given up: it will never be delivered here, but others may have it. */
    public void indeterminate(long ownId) {}

    /** Asks something of the cluster; {@code done} is called once. */
    public void request(RequestId id, Request request, Consumer<RequestResult> done) {}

    /** The set of resources that this node can run has changed. */
    public void implementedChanged() {}

    /** Hands everything over and records a clean leave; {@code done} when the node may leave the ring. */
    public void leave(Runnable done) {}

    /** Ends the controller without any hand-over. */
    public void close() {}

    /** The state as this node knows it. */
    public ClusterState state() {
        return state;
    }

    ControllerConfig config() {
        return config;
    }
}
