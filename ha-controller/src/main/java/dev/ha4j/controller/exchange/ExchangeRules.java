package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.QuorumRule;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.VotingRules;
import dev.ha4j.quorum.WaitForAll;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rules of the state exchange, one method each. Pure. */
public final class ExchangeRules {

    private static final String FORGETFUL =
            "whose state directory is not the one that they had: they count when they were members again";

    private static final String NEWCOMERS = "which are to join a cluster that exists, and nobody here belongs to one";

    private ExchangeRules() {}

    /** The newest state: a later epoch beats any number of commands in an earlier one. */
    static StateVersion best(SortedMap<NodeId, Offer> offers) {
        return offers.values().stream()
                .map(Offer::version)
                .max(StateVersion::compareTo)
                .orElseThrow();
    }

    /** The member of the lowest id that holds the newest state. */
    static NodeId source(SortedMap<NodeId, Offer> offers) {
        StateVersion best = best(offers);
        return offers.entrySet().stream()
                .filter(offer -> offer.getValue().version().equals(best))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** Members that need the source's state; before the first epoch, also those that were configured otherwise. */
    static SortedSet<NodeId> lacking(SortedMap<NodeId, Offer> offers) {
        Offer source = offers.get(source(offers));
        TreeSet<NodeId> lacking = new TreeSet<>();
        offers.forEach((node, offer) -> {
            boolean same = source != null
                    && offer.version().equals(source.version())
                    && offer.fingerprint() == source.fingerprint();
            if (!same) {
                lacking.add(node);
            }
        });
        return lacking;
    }

    /** Votes are counted as the newest state says, among the members of this ring only, and of those whose disk remembers. */
    static QuorumVerdict verdict(
            SortedMap<NodeId, Offer> offers, Offer source, boolean withDevice, Optional<QuorumWord> word) {
        WaitForAll waiting =
                word.filter(CancelWaitForAll.class::isInstance).isPresent() ? WaitForAll.OVER : WaitForAll.WAITING;
        for (Offer offer : offers.values()) {
            waiting = waiting.with(offer.waitForAll());
        }
        if (source.rules().hasDevice()
                && offers.keySet().containsAll(source.rules().voters())) {
            // The device has nothing to remember: whoever waits for all waits for the nodes.
            waiting = WaitForAll.OVER;
        }
        TreeSet<NodeId> counted = new TreeSet<>(offers.keySet());
        SortedSet<NodeId> forgetful = forgetful(offers, source);
        counted.removeAll(forgetful);
        SortedSet<NodeId> newcomers = newcomers(offers, source);
        counted.removeAll(newcomers);
        QuorumVerdict verdict = rules(source, word).judge(counted, withDevice, waiting);
        return explained(explained(verdict, forgetful, FORGETFUL), newcomers, NEWCOMERS);
    }

    /** Votes are counted without those whom an operator declares down. */
    static VotingRules rules(Offer source, Optional<QuorumWord> word) {
        return word.filter(Unblock.class::isInstance)
                .map(said -> source.rules().without(((Unblock) said).declared()))
                .orElse(source.rules());
    }

    /** Why an operator's word changes nothing. */
    static Optional<String> wordRefusal(Exchange.Decision made, QuorumWord word) {
        if (word instanceof CancelWaitForAll) {
            return made.verdict().rule() == QuorumRule.WAIT_FOR_ALL
                    ? Optional.empty()
                    : Optional.of("it is not for want of all that there is no quorum: "
                            + made.verdict().explanation());
        }
        return made.offer().version().epoch() == 0
                ? Optional.of("this cluster has not begun yet, so that there is nothing to go on with: start the other"
                        + " nodes, or configure fewer")
                : Optional.empty();
    }

    /**
     * Whether the quorum device's vote counts: a member has it for this ring, and nobody else can have had it since the newest
     * epoch. The device has no disk: what others had acknowledged with its vote would be lost.
     */
    static boolean deviceCounts(SortedMap<NodeId, Offer> offers, SortedMap<NodeId, DeviceWord> words) {
        long newest = best(offers).epoch();
        return words.values().stream().anyMatch(word -> word.granted() && isUnbroken(word, newest));
    }

    private static boolean isUnbroken(DeviceWord word, long newestEpoch) {
        return word.unbrokenSince().equals(OptionalLong.of(newestEpoch));
    }

    /**
     * Members with another state directory than their node had. What a quorum once acknowledged may have been on the one that
     * is gone: they count again when they were members of a quorate epoch, or at an operator's word.
     */
    static SortedSet<NodeId> forgetful(SortedMap<NodeId, Offer> offers, Offer source) {
        TreeSet<NodeId> forgetful = new TreeSet<>();
        offers.forEach((node, offer) -> {
            if (!source.knowsDiskOf(node, offer) && offer.lostStateAcceptedBy().isEmpty()) {
                forgetful.add(node);
            }
        });
        return forgetful;
    }

    /** Members that are to join a cluster that exists, where nobody knows of one: together they found no second one. */
    static SortedSet<NodeId> newcomers(SortedMap<NodeId, Offer> offers, Offer source) {
        TreeSet<NodeId> newcomers = new TreeSet<>();
        offers.forEach((node, offer) -> {
            if (offer.newcomer() && source.version().epoch() == 0) {
                newcomers.add(node);
            }
        });
        return newcomers;
    }

    private static QuorumVerdict explained(QuorumVerdict verdict, SortedSet<NodeId> uncounted, String why) {
        return uncounted.isEmpty()
                ? verdict
                : verdict.because(verdict.explanation() + "; without nodes " + uncounted + ", " + why);
    }

    /** The epoch is open when its base is on the disks of the source and of a quorum. */
    static boolean opens(Exchange.Decision decision, SortedSet<NodeId> durable, SortedSet<NodeId> members) {
        return durable.contains(decision.source())
                && decision.rules().isQuorum(durable, members, decision.withDevice());
    }
}
