package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A change of who votes, or how, that is under way: from its beginning to its end a quorum is what is one by the rule before
 * and by the rule after it.
 *
 * @param nodes configured afterwards, by rising id
 * @param quorum how votes are counted afterwards
 * @param fencing devices afterwards
 * @param excused nodes whose votes are not expected afterwards, until they are back
 * @param since the version with which it began; the end comes when a quorum's disks have it
 * @param by who wanted it, and why
 */
public record VoterChange(
        List<NodeSpec> nodes,
        QuorumOptions quorum,
        List<FencePath> fencing,
        SortedSet<NodeId> excused,
        StateVersion since,
        String by) {

    public VoterChange {
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(quorum, "quorum");
        fencing = List.copyOf(fencing);
        excused = Collections.unmodifiableSortedSet(new TreeSet<>(excused));
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(by, "by");
    }

    /** The same, after which these are not expected. */
    public VoterChange excusing(SortedSet<NodeId> notExpected) {
        return new VoterChange(nodes, quorum, fencing, notExpected, since, by);
    }
}
