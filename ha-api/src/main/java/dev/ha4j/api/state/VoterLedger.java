package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who votes, beside what is configured.
 *
 * @param excused configured nodes whose votes are not expected now: they were missing for the window of {@code
 *     lastManStanding}, or left cleanly under {@code allowDownscale}; until they are back
 * @param change that is under way; there is one at a time
 */
public record VoterLedger(SortedSet<NodeId> excused, Optional<VoterChange> change) {

    /** All that is configured is expected, and nothing changes. */
    public static final VoterLedger NONE = new VoterLedger(Collections.emptySortedSet(), Optional.empty());

    public VoterLedger {
        excused = Collections.unmodifiableSortedSet(new TreeSet<>(excused));
        Objects.requireNonNull(change, "change");
    }

    public VoterLedger changing(VoterChange newChange) {
        return new VoterLedger(excused, Optional.of(newChange));
    }
}
