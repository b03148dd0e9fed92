package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import java.util.List;

/** Where what {@link Knet} decides goes. Never blocks, never throws, and never calls back before it returns. */
public interface KnetOutput {

    /** The same packet over all of these. */
    void send(KnetPacket packet, List<Path> paths);

    /** A whole frame, once. */
    void deliver(NodeId source, byte[] frame);

    void linkChanged(Path path, boolean connected);

    /** Something happened that is only counted. */
    void count(String event);
}
