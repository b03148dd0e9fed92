package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.quorum.DeviceVote;
import dev.ha4j.quorum.Quorum;
import dev.ha4j.quorum.QuorumInput;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.WaitForAll;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rules of the state exchange, one method each. Pure. */
public final class ExchangeRules {

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
    static QuorumVerdict verdict(SortedMap<NodeId, Offer> offers, Offer source, boolean withDevice) {
        WaitForAll waiting = WaitForAll.WAITING;
        for (Offer offer : offers.values()) {
            waiting = waiting.with(offer.waitForAll());
        }
        if (source.deviceVotes() > 0
                && offers.keySet().containsAll(source.votes().keySet())) {
            // The device has nothing to remember: whoever waits for all waits for the nodes.
            waiting = WaitForAll.OVER;
        }
        TreeSet<NodeId> counted = new TreeSet<>(offers.keySet());
        SortedSet<NodeId> forgetful = forgetful(offers, source);
        counted.removeAll(forgetful);
        QuorumVerdict verdict = judge(source, counted, withDevice, waiting);
        return forgetful.isEmpty() ? verdict : explained(verdict, forgetful);
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

    private static QuorumVerdict explained(QuorumVerdict verdict, SortedSet<NodeId> forgetful) {
        return verdict.because(verdict.explanation() + "; without nodes " + forgetful
                + ", whose state directory is not the one that they had: they count when they were members again");
    }

    /** The epoch is open when its base is on the disks of the source and of a quorum. */
    static boolean opens(Exchange.Decision decision, SortedSet<NodeId> durable) {
        return durable.contains(decision.source()) && isQuorum(decision, durable);
    }

    /** Whether these members' disks are a quorum's; the device adds its vote only where the epoch would not be without it. */
    static boolean isQuorum(Exchange.Decision decision, SortedSet<NodeId> nodes) {
        return judge(decision.offer(), nodes, decision.withDevice(), WaitForAll.OVER)
                .quorate();
    }

    private static QuorumVerdict judge(Offer source, SortedSet<NodeId> nodes, boolean withDevice, WaitForAll waiting) {
        DeviceVote device = new DeviceVote(source.deviceVotes(), withDevice);
        return Quorum.judge(QuorumInput.of(source.quorum(), source.votes(), nodes, device, waiting));
    }
}
