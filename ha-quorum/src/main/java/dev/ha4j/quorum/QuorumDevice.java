package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * An arbiter outside of the cluster that gives its vote to one partition at a time. It tells a partition that the vote is lost,
 * and hears that this was understood, before it gives the vote to another; who does not answer has no connection any more, and
 * knows it. Methods don't block and don't throw.
 */
public interface QuorumDevice {

    /** There is no device. */
    QuorumDevice NONE = new QuorumDevice() {
        @Override
        public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
            // Nobody answers.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /**
     * Tells the device which partition asks. Each answer for this ring goes to {@code answer}, until the next call; a later one
     * replaces it. On any thread.
     */
    void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer);

    /**
     * Which arbiter is asked, in words that are the same at all nodes. Two arbiters would give their votes to two partitions, so that
     * none counts while nodes name different ones. Empty if that can't be told; then it is not compared. From any thread.
     */
    default String arbiter() {
        return "";
    }

    /** Why the device can't be asked now, so that it would be missed at the next loss of a node. From any thread. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Ends the session with the device. Calling it again does nothing. */
    void close();
}
