package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;
import java.util.function.Consumer;

/** An arbiter outside of the cluster that gives its votes to one partition. Methods don't block and don't throw. */
public interface QuorumDevice {

    /** Tells the device which partition asks. Each change of its vote, until the next call, goes to {@code vote}. */
    void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceVote> vote);

    /** Ends the session with the device. */
    void close();
}
