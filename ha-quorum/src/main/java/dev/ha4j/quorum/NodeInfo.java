package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.Objects;

/**
 * What a node says of itself when a ring forms, and on each change.
 *
 * @param node that says it
 * @param votes that it has
 * @param expectedVotes that it expects of the whole cluster
 * @param quorate whether it is
 * @param leaving whether it is about to leave cleanly
 * @param waitForAll whether it still waits for all
 */
public record NodeInfo(
        NodeId node, int votes, int expectedVotes, boolean quorate, boolean leaving, WaitForAll waitForAll) {

    public NodeInfo {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(waitForAll, "waitForAll");
    }

    NodeInfo withVotes(int value) {
        return new NodeInfo(node, value, expectedVotes, quorate, leaving, waitForAll);
    }

    NodeInfo withExpectedVotes(int value) {
        return new NodeInfo(node, votes, value, quorate, leaving, waitForAll);
    }
}
