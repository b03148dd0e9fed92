package dev.ha4j.controller.exchange;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.quorum.VotingRules;
import dev.ha4j.quorum.WaitForAll;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a member brings to the state exchange.
 *
 * @param incarnation its life
 * @param version of the state that it holds in memory
 * @param fingerprint of the state's configuration
 * @param rules by which that state counts votes
 * @param directories which state directory each node had when it was last a member, as that state says
 * @param lostStateAcceptedBy the operator who says that this member counts though its state is lost, and why; empty for nobody
 * @param newcomer whether the member was started to join a cluster that exists
 * @param waitForAll whether the member still waits for all
 * @param softwareLevel how new its software is
 * @param featureLevel the highest it knows
 * @param implemented names of the primitives that it can run
 * @param historyHolds whether what the state says about its operations is still true
 * @param tokenAgeNanos how long ago it accepted the last token of its old epoch, or when it started
 */
public record Offer(
        Incarnation incarnation,
        StateVersion version,
        long fingerprint,
        VotingRules rules,
        SortedMap<NodeId, String> directories,
        String lostStateAcceptedBy,
        boolean newcomer,
        WaitForAll waitForAll,
        int softwareLevel,
        int featureLevel,
        SortedSet<String> implemented,
        boolean historyHolds,
        long tokenAgeNanos) {

    public Offer {
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(waitForAll, "waitForAll");
        Objects.requireNonNull(lostStateAcceptedBy, "lostStateAcceptedBy");
        directories = Collections.unmodifiableSortedMap(new TreeMap<>(directories));
        implemented = Collections.unmodifiableSortedSet(new TreeSet<>(implemented));
    }

    /** Whether the member has the disk that its node had when it was last a member, as far as this state knows. */
    boolean knowsDiskOf(NodeId node, Offer member) {
        String directory = directories.get(node);
        return directory == null || directory.equals(member.incarnation().directoryId());
    }
}
