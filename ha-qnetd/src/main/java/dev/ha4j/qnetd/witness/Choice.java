package dev.ha4j.qnetd.witness;

import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.wire.TieRule;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Which partition gets the vote. Pure; one method for each rule. */
final class Choice {

    private final Algorithm algorithm;
    private final TieRule tieBreaker;
    private final Collection<Voter> voters;

    Choice(Algorithm algorithm, TieRule tieBreaker, Collection<Voter> voters) {
        this.algorithm = algorithm;
        this.tieBreaker = tieBreaker;
        this.voters = voters;
    }

    /** The voters of the chosen partition, none if no partition is; empty while the nodes don't agree who is with whom. */
    Optional<List<Voter>> chosen() {
        if (algorithm == Algorithm.TEST) {
            return Optional.of(
                    voters.stream().filter(voter -> voter.ring().isPresent()).toList());
        }
        if (!isStable()) {
            return Optional.empty();
        }
        return Optional.of(partitions().values().stream()
                .filter(this::isCandidate)
                .max(preference())
                .orElse(List.of()));
    }

    /** All who are connected and in one partition say the same, and all are configured alike. */
    private boolean isStable() {
        return voters.stream().allMatch(one -> voters.stream().allMatch(other -> agree(one, other)));
    }

    private static boolean agree(Voter one, Voter other) {
        boolean together = one.members().contains(other.node());
        boolean sameView = one.ring().equals(other.ring()) && one.members().equals(other.members());
        return one.configured().equals(other.configured()) && (!together || sameView);
    }

    /** By lowest member; a node that has named no members is in none. */
    private SortedMap<Long, List<Voter>> partitions() {
        TreeMap<Long, List<Voter>> partitions = new TreeMap<>();
        for (Voter voter : voters) {
            if (voter.ring().isPresent()) {
                long first = voter.members().first();
                partitions.put(
                        first,
                        voters.stream()
                                .filter(other -> other.members().equals(voter.members()))
                                .toList());
            }
        }
        return partitions;
    }

    /** ffsplit never helps less than half of the nodes; the last man standing may be any. */
    private boolean isCandidate(List<Voter> partition) {
        return algorithm != Algorithm.FFSPLIT
                || 2 * members(partition) >= configured(partition).size();
    }

    private Comparator<List<Voter>> preference() {
        Comparator<List<Voter>> support = algorithm == Algorithm.FFSPLIT
                ? Comparator.<List<Voter>>comparingInt(Choice::members)
                        .thenComparingInt(partition -> partition.size() + score(partition))
                : Comparator.<List<Voter>>comparingInt(Choice::score).thenComparingInt(List::size);
        return support.thenComparing(this::staysActive).thenComparing(this::hasTieBreaker);
    }

    /** keep_active_partition_tie_breaker */
    private boolean staysActive(List<Voter> partition) {
        return voters.stream().allMatch(Voter::keepsActive)
                && partition.stream().anyMatch(Voter::isActive);
    }

    private static int members(List<Voter> partition) {
        return partition.get(0).members().size();
    }

    private static SortedSet<Long> configured(List<Voter> partition) {
        return partition.isEmpty()
                ? Collections.emptySortedSet()
                : partition.get(0).configured();
    }

    private static int score(List<Voter> partition) {
        return partition.stream()
                .mapToInt(voter ->
                        voter.heuristics() == Heuristics.PASS ? 1 : voter.heuristics() == Heuristics.FAIL ? -1 : 0)
                .sum();
    }

    private boolean hasTieBreaker(List<Voter> partition) {
        return partition.get(0).members().contains(tieBreaker.chosen(configured(partition)));
    }
}
