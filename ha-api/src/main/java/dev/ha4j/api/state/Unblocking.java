package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * That the cluster goes on at an operator's word, without those whom she declared down and without a quorum of all. It is over
 * when all who were absent then are back, or are not configured any more; until then no lease of a lost node proves anything.
 *
 * @param declared said to be down; not expected until the time is over, or they are back
 * @param absent configured nodes, those among them, that were not there and are not back: what the state says of them may be
 *     out of date, for it may be older than what they last did
 * @param untilMillis the cluster's wall time at which the declared are expected again, whatever becomes of the quorum then
 * @param forced whether it was demanded though some of them may be alive
 * @param by who said it, and why
 */
public record Unblocking(
        SortedSet<NodeId> declared, SortedSet<NodeId> absent, long untilMillis, boolean forced, String by) {

    public Unblocking {
        declared = Collections.unmodifiableSortedSet(new TreeSet<>(declared));
        absent = Collections.unmodifiableSortedSet(new TreeSet<>(absent));
        Objects.requireNonNull(by, "by");
    }

    public Unblocking withAbsent(SortedSet<NodeId> still) {
        return new Unblocking(declared, still, untilMillis, forced, by);
    }

    public Unblocking withUntilMillis(long millis) {
        return new Unblocking(declared, absent, millis, forced, by);
    }
}
