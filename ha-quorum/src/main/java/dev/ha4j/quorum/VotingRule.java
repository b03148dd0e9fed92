package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who votes, and how votes are counted. It needs no memory: whether a set of nodes is a quorum depends on that set alone, and
 * any two quorums have a node in common.
 *
 * @param options how votes are counted
 * @param votes of each node that is expected
 * @param excused nodes that are configured, and not expected for the time being
 */
public record VotingRule(QuorumOptions options, SortedMap<NodeId, Integer> votes, SortedSet<NodeId> excused) {

    public VotingRule {
        Objects.requireNonNull(options, "options");
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        excused = Collections.unmodifiableSortedSet(new TreeSet<>(excused));
    }

    /**
     * The rule of a configuration.
     *
     * @param nodes all that are configured
     * @param excused those whose votes are not expected now
     */
    public static VotingRule of(QuorumOptions options, List<NodeSpec> nodes, SortedSet<NodeId> excused) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        int missing = 0;
        for (NodeSpec node : nodes) {
            if (excused.contains(node.id())) {
                missing += node.votes();
            } else {
                votes.put(node.id(), node.votes());
            }
        }
        OptionalInt expected = options.expectedVotes();
        boolean lowered = missing > 0 && expected.isPresent();
        return new VotingRule(
                lowered ? options.withExpectedVotes(expected.getAsInt() - missing) : options, votes, excused);
    }

    /** The same without the votes of these, and without the quorum device's, until they are back. */
    VotingRule without(SortedSet<NodeId> nodes) {
        TreeMap<NodeId, Integer> left = new TreeMap<>(votes);
        TreeSet<NodeId> gone = new TreeSet<>(excused);
        int lost = deviceVotes();
        for (NodeId node : nodes) {
            Integer of = left.remove(node);
            if (of != null) {
                lost += of;
                gone.add(node);
            }
        }
        QuorumOptions alone = options.withoutDevice();
        QuorumOptions lowered = options.expectedVotes().isPresent()
                ? alone.withExpectedVotes(options.expectedVotes().getAsInt() - lost)
                : alone;
        return new VotingRule(lowered, left, gone);
    }

    /** What the quorum device adds to the expected votes. */
    public int deviceVotes() {
        return options.device()
                .map(device -> device.votes().orElse(votes.size() - 1))
                .orElse(0);
    }

    /** Whether these nodes are a quorum, without the device's vote. */
    public QuorumVerdict judge(SortedSet<NodeId> members) {
        return judge(members, false, WaitForAll.OVER);
    }

    QuorumVerdict judge(SortedSet<NodeId> members, boolean withDevice, WaitForAll waiting) {
        DeviceVote device = new DeviceVote(deviceVotes(), withDevice && deviceVotes() > 0);
        QuorumVerdict verdict = Quorum.judge(QuorumInput.of(sound(), votes, members, device, waiting));
        return excused.isEmpty()
                ? verdict
                : verdict.because(
                        verdict.explanation() + "; nodes " + excused + " are not expected until they are back");
    }

    /** Of an odd number of votes there are no two halves, and a part that is not half could be quorate beside a majority. */
    private QuorumOptions sound() {
        int all = deviceVotes()
                + votes.values().stream().mapToInt(Integer::intValue).sum();
        return options.expectedVotes().orElse(all) % 2 == 0 ? options : options.withTieBreaker(TieBreaker.NONE);
    }

    /**
     * Whether these disks are a quorum's. The device has no disk: where the members would not be quorate without its votes, each
     * of them that has a vote has to have what is written.
     */
    boolean isQuorum(SortedSet<NodeId> disks, SortedSet<NodeId> members, boolean withDevice) {
        return standsForADisk(members, withDevice)
                ? judge(disks, true, WaitForAll.OVER).quorate() && disks.containsAll(voting(members))
                : judge(disks).quorate();
    }

    private SortedSet<NodeId> voting(SortedSet<NodeId> members) {
        TreeSet<NodeId> voting = new TreeSet<>(members);
        voting.removeIf(member -> votes.getOrDefault(member, 0) == 0);
        return voting;
    }

    private boolean standsForADisk(SortedSet<NodeId> members, boolean withDevice) {
        return withDevice && !judge(members, false, WaitForAll.OVER).quorate();
    }
}
