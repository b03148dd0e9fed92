package dev.ha4j.api.config;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which options of quorum exclude each other, and why. All are found, not only the first. */
final class QuorumConflicts {

    private static final Duration MIN_TIME = Duration.ofMillis(100);
    private static final Duration MAX_TIME = Duration.ofHours(1);

    /** The reference: nodes have to have two votes at least beside the device's. */
    private static final int MIN_NODE_VOTES = 2;

    private final QuorumOptions options;
    private final List<NodeSpec> nodes;
    private final int nodeVotes;
    private final boolean oneVoteEach;
    private final List<Violation> found = new ArrayList<>();

    QuorumConflicts(QuorumOptions options, List<NodeSpec> nodes) {
        this.options = options;
        this.nodes = nodes;
        this.nodeVotes = nodes.stream().mapToInt(NodeSpec::votes).sum();
        this.oneVoteEach = nodes.stream().allMatch(node -> node.votes() == 1);
    }

    List<Violation> find() {
        expectedVotes();
        if (options.twoNode()) {
            twoNode();
        }
        if (!options.tieBreaker().isNone()) {
            tieBreaker();
        }
        options.lastManStanding().ifPresent(this::lastManStanding);
        options.device().ifPresent(this::device);
        return List.copyOf(found);
    }

    private void expectedVotes() {
        int present = nodeVotes + options.deviceVotes(nodes);
        int expected = options.expectedVotes().orElse(present);
        int threshold = expected / 2 + 1;
        if (present < threshold) {
            wrong(
                    "quorum",
                    "all nodes together have " + present + " votes, and " + threshold + " are needed",
                    "lower expectedVotes, or give the nodes votes");
        } else if (expected < present) {
            wrong(
                    "quorum",
                    "expectedVotes is " + expected + ", but the nodes have " + present
                            + ": two partitions could both be quorate",
                    "leave expectedVotes out");
        }
    }

    private void twoNode() {
        if (nodes.size() != 2 || !oneVoteEach) {
            wrong(
                    "quorum twoNode",
                    "is for two nodes with one vote each, and there are " + nodes.size() + " with " + nodeVotes,
                    "leave it out: more nodes have a majority");
        }
        if (!options.tieBreaker().isNone()) {
            wrong(
                    "quorum twoNode and tieBreaker",
                    "exclude each other: with twoNode a fence race decides who goes on, with a tie breaker a number does",
                    "leave one of them out");
        }
        if (options.lastManStanding().isPresent()) {
            wrong(
                    "quorum twoNode and lastManStanding",
                    "exclude each other: either of two nodes may go on anyway",
                    "leave lastManStanding out");
        }
        if (options.device().isPresent()) {
            wrong(
                    "quorum twoNode and device",
                    "exclude each other: with twoNode both nodes may go on, the device is there so that only one does",
                    "leave twoNode out");
        }
    }

    private void tieBreaker() {
        if (nodeVotes % 2 == 1 && !options.waitForAll()) {
            wrong(
                    "quorum tieBreaker",
                    "with an odd number of votes (" + nodeVotes
                            + ") needs waitForAll: a majority without the tie breaker" + " could start anew beside it",
                    "withWaitForAll(), or leave the tie breaker out");
        }
        List<NodeId> listed = options.tieBreaker().nodes();
        if (options.tieBreaker().kind() == TieBreaker.Kind.LIST) {
            List<NodeId> known = nodes.stream().map(NodeSpec::id).toList();
            if (listed.isEmpty() || !known.containsAll(listed) || new TreeSet<>(listed).size() < listed.size()) {
                wrong(
                        "quorum tieBreaker",
                        "names the nodes " + listed + ", and there are " + known,
                        "name one or several of them, each once");
            }
        }
    }

    private void lastManStanding(Duration window) {
        time("quorum lastManStanding", window);
        if (!oneVoteEach) {
            wrong(
                    "quorum lastManStanding",
                    "counts nodes, and not all nodes have one vote",
                    "give each node one vote, or leave it out");
        }
        if (!options.waitForAll()) {
            wrong(
                    "quorum lastManStanding",
                    "needs waitForAll: nodes that start anew expect all votes again and could outnumber those that are left",
                    "withWaitForAll()");
        }
    }

    private void device(QuorumDeviceOptions device) {
        time("quorum device timeout", device.timeout());
        time("quorum device syncTimeout", device.syncTimeout());
        if (options.lastManStanding().isPresent()) {
            excludesDevice("lastManStanding", "the device would have to follow the expected votes down");
        }
        if (!options.tieBreaker().isNone()) {
            excludesDevice("tieBreaker", "each would give an even split to another half");
        }
        if (options.allowDownscale()) {
            excludesDevice("allowDownscale", "the device would have to follow the expected votes down");
        }
        if (device.votes().isEmpty() && !oneVoteEach) {
            wrong(
                    "quorum device",
                    "has no votes, and they don't follow from nodes that have not one vote each",
                    "withVotes(...)");
        }
        if (device.votes().isEmpty() && options.expectedVotes().isPresent()) {
            wrong("quorum device", "has no votes, but expectedVotes is given", "withVotes(...), or no expectedVotes");
        }
        int beside = options.expectedVotes().orElse(Integer.MAX_VALUE)
                - device.votes().orElse(0);
        if (beside < MIN_NODE_VOTES || device.votes().orElse(0) < 0) {
            wrong(
                    "quorum device",
                    "has " + device.votes().orElse(0) + " of the expected votes: too many or too few",
                    "at most the expected votes less " + MIN_NODE_VOTES);
        }
    }

    private void excludesDevice(String option, String reason) {
        wrong(
                "quorum device and " + option,
                "exclude each other: " + reason,
                "leave one of them out; the device is the safer one");
    }

    private void time(String where, Duration time) {
        if (time.compareTo(MIN_TIME) < 0 || time.compareTo(MAX_TIME) > 0) {
            wrong(where, "is " + time.toMillis() + " ms", "choose 100 ms to 1 h");
        }
    }

    private void wrong(String where, String what, String remedy) {
        found.add(new Violation(where, what, remedy));
    }
}
