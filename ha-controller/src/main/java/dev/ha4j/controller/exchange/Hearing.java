package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An operator's word before the members of a ring without quorum: each says what stands against it, in total order, so that all
 * know alike when the last has spoken whether it holds.
 */
final class Hearing {

    private final NodeId asked;
    private final QuorumWord word;
    private final SortedSet<NodeId> members;
    private final SortedMap<NodeId, Opinion> opinions = new TreeMap<>();

    /** @param asked the member that was told */
    Hearing(NodeId asked, QuorumWord word, SortedSet<NodeId> members) {
        this.asked = asked;
        this.word = word;
        this.members = members;
    }

    NodeId asked() {
        return asked;
    }

    QuorumWord word() {
        return word;
    }

    void said(NodeId member, Opinion opinion) {
        opinions.put(member, opinion);
    }

    /** A majority is safe whoever is missing, so that nobody need be heard of them; of who is declared down, everybody is. */
    boolean isComplete() {
        return word instanceof CancelWaitForAll || opinions.keySet().equals(members);
    }

    /** Why it does not hold, once it is complete. */
    Optional<String> refusal() {
        if (!(word instanceof Unblock unblock) || unblock.forced()) {
            return Optional.empty();
        }
        return objection(unblock)
                .map(reason -> reason + ". Look after it; if you are sure, say so in the words of the force");
    }

    private Optional<String> objection(Unblock unblock) {
        for (NodeId node : unblock.declared()) {
            for (Opinion opinion : opinions.values()) {
                String objection = opinion.objections().get(node);
                if (objection != null) {
                    return Optional.of("node " + node + " may be alive: " + objection);
                }
            }
            if (anyFences(node) && !anyProves(node)) {
                return Optional.of(
                        "node " + node + " may be alive: it has a fence device, which has not confirmed since"
                                + " the quorum was lost that it is off: fence it");
            }
        }
        return Optional.empty();
    }

    private boolean anyFences(NodeId node) {
        return opinions.values().stream()
                .anyMatch(opinion -> opinion.fenceable().contains(node));
    }

    private boolean anyProves(NodeId node) {
        return opinions.values().stream().anyMatch(opinion -> opinion.proven().contains(node));
    }

    /** Whom the word is about, and who is here. */
    Optional<String> mistake(SortedSet<NodeId> configured) {
        if (!(word instanceof Unblock unblock)) {
            return Optional.empty();
        }
        TreeSet<NodeId> here = new TreeSet<>(unblock.declared());
        here.retainAll(members);
        TreeSet<NodeId> unknown = new TreeSet<>(unblock.declared());
        unknown.removeAll(configured);
        if (!here.isEmpty()) {
            return Optional.of("nodes " + here + " are here");
        }
        return unknown.isEmpty() ? Optional.empty() : Optional.of("nodes " + unknown + " are not configured");
    }
}
