package dev.ha4j.qnetd.witness;

import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.wire.MessageType;
import dev.ha4j.qnetd.wire.Option;
import dev.ha4j.qnetd.wire.QnetdMessage;
import dev.ha4j.qnetd.wire.RingId;
import dev.ha4j.qnetd.wire.TieRule;
import dev.ha4j.qnetd.wire.Vote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives the vote of one cluster to at most one of its partitions.
 *
 * <p>Whoever is not in the chosen partition is told first, and only when all of them have answered, or are gone, the chosen are.
 * So there is no time in which nodes of two partitions believe to have the vote, whatever gets lost. An arbiter that has just
 * started does not know to whom it gave the vote before: unless all configured nodes are connected, it gives none until a vote of
 * before has run out.
 */
final class Arbiter {

    private final Algorithm algorithm;
    private final TieRule tieBreaker;
    private final TreeMap<Long, Voter> voters = new TreeMap<>();
    private final long startedNanos;
    private long sequence;

    Arbiter(Algorithm algorithm, TieRule tieBreaker, long startedNanos) {
        this.startedNanos = startedNanos;
        this.algorithm = algorithm;
        this.tieBreaker = tieBreaker;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    TieRule tieBreaker() {
        return tieBreaker;
    }

    Collection<Voter> voters() {
        return voters.values();
    }

    Optional<Voter> voter(long connection) {
        return Optional.ofNullable(voters.get(connection));
    }

    boolean hasNode(long node) {
        return voters.values().stream().anyMatch(voter -> voter.node() == node);
    }

    void enter(long connection, long node, long heartbeatNanos) {
        voters.put(connection, new Voter(connection, node, heartbeatNanos));
    }

    void leave(long connection) {
        voters.remove(connection);
    }

    /** What follows from what is known now. */
    List<Step> decide(long nowNanos) {
        List<Voter> chosen =
                new Choice(algorithm, tieBreaker, voters.values()).chosen().orElse(null);
        if (chosen == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        boolean othersKnow = true;
        for (Voter voter : voters.values()) {
            if (!chosen.contains(voter) && voter.ring().isPresent()) {
                if (!voter.knows(Vote.NACK)) {
                    steps.add(tell(voter, Vote.NACK));
                }
                othersKnow &= voter.hasAnswered();
            }
        }
        if (othersKnow && isSureOfThePast(nowNanos)) {
            chosen.stream().filter(voter -> !voter.knows(Vote.ACK)).forEach(voter -> steps.add(tell(voter, Vote.ACK)));
        }
        return steps;
    }

    private boolean isSureOfThePast(long nowNanos) {
        long longest = voters.values().stream().mapToLong(Voter::heartbeatNanos).reduce(0, Math::max);
        boolean ranOut = nowNanos - startedNanos >= Witness.patienceNanos(longest);
        return ranOut
                || voters.values().stream()
                        .allMatch(voter -> voter.configured().stream().allMatch(this::hasNode));
    }

    private Step tell(Voter voter, Vote vote) {
        sequence++;
        voter.tell(vote, sequence);
        QnetdMessage info = QnetdMessage.of(MessageType.VOTE_INFO)
                .with32(Option.SEQUENCE, sequence)
                .withVote(vote)
                .withRing(voter.ring().orElse(new RingId(voter.node(), 0)));
        return new Step.Send(voter.connection(), info);
    }
}
