package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who votes, beside what is configured.
 *
 * @param excused configured nodes whose votes are not expected now: they were missing for the window of {@code
 *     lastManStanding}, or left cleanly under {@code allowDownscale}, or an operator declared them down; until they are back
 * @param change that is under way; there is one at a time
 * @param unblocking the operator's word by which the cluster goes on without a quorum of all, if it does
 * @param words of operators about who votes, the last {@link #MAX_WORDS} of them, by rising version
 */
public record VoterLedger(
        SortedSet<NodeId> excused,
        Optional<VoterChange> change,
        Optional<Unblocking> unblocking,
        List<OperatorWord> words) {

    /** Words that are kept. */
    public static final int MAX_WORDS = 32;

    /** All that is configured is expected, and nothing changes. */
    public static final VoterLedger NONE =
            new VoterLedger(Collections.emptySortedSet(), Optional.empty(), Optional.empty(), List.of());

    public VoterLedger {
        excused = Collections.unmodifiableSortedSet(new TreeSet<>(excused));
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(unblocking, "unblocking");
        words = List.copyOf(words);
    }

    /** A change begins. */
    public VoterLedger changing(VoterChange newChange) {
        return new VoterLedger(excused, Optional.of(newChange), unblocking, words);
    }

    /** The change that was under way is done, if one was; these are not expected from now on. */
    public VoterLedger excusing(SortedSet<NodeId> nodes) {
        return new VoterLedger(nodes, Optional.empty(), unblocking, words);
    }

    /** The same with this operator's word in force, or none. */
    public VoterLedger withUnblocking(Optional<Unblocking> value) {
        return new VoterLedger(excused, change, value, words);
    }

    /** One word more; the oldest goes when there are too many. */
    public VoterLedger with(OperatorWord word) {
        List<OperatorWord> all = new ArrayList<>(words);
        all.add(word);
        return new VoterLedger(
                excused, change, unblocking, all.subList(Math.max(0, all.size() - MAX_WORDS), all.size()));
    }

    /** Whether votes of all are counted without those whom an operator declared down, and so without a quorum device. */
    public boolean isUnblocked() {
        return isUnblocked(excused);
    }

    /** The same if these were not expected. */
    public boolean isUnblocked(SortedSet<NodeId> notExpected) {
        return unblocking
                .map(word -> !Collections.disjoint(word.declared(), notExpected))
                .orElse(false);
    }
}
