package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What quorum is judged from.
 *
 * @param options how votes are counted
 * @param votes of each configured node
 * @param members of this partition; one that is not configured has no vote
 * @param device what the quorum device adds
 * @param memory of earlier judgements
 */
public record QuorumInput(
        QuorumOptions options,
        SortedMap<NodeId, Integer> votes,
        SortedSet<NodeId> members,
        DeviceVote device,
        QuorumMemory memory) {

    public QuorumInput {
        Objects.requireNonNull(options, "options");
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(memory, "memory");
    }

    /** A judgement that depends on who is present, and on nothing that was before but whether all were seen together. */
    public static QuorumInput of(
            QuorumOptions options,
            SortedMap<NodeId, Integer> votes,
            SortedSet<NodeId> members,
            DeviceVote device,
            WaitForAll waitForAll) {
        int configured = device.configuredVotes()
                + votes.values().stream().mapToInt(Integer::intValue).sum();
        int expected = options.expectedVotes().orElse(configured);
        QuorumMemory memory = QuorumMemory.ofAll(expected, waitForAll, new TreeSet<>(votes.keySet()));
        return new QuorumInput(options, votes, members, device, memory);
    }

    /** Members that have a say, be it of no vote. */
    SortedSet<NodeId> counted() {
        TreeSet<NodeId> counted = new TreeSet<>(members);
        counted.retainAll(votes.keySet());
        return counted;
    }

    int presentVotes() {
        return device.present()
                + members.stream()
                        .mapToInt(member -> votes.getOrDefault(member, 0))
                        .sum();
    }

    /** Those who can vote here: members and, if it gives its votes, the device. */
    int seats() {
        return members.size() + (device.granted() ? 1 : 0);
    }
}
