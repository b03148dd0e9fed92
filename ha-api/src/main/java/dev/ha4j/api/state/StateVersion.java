package dev.ha4j.api.state;

import java.util.Comparator;

/**
 * Version of the replicated state. The era counts first, then the epoch: a longer log of an older epoch never wins, nor does
 * any log of those whom an operator declared down, and without whom the cluster went on.
 *
 * @param era which of the partitions counts that can't know of each other; 0 unless an operator has unblocked one without
 *     quorum. Its upper half counts how often that was done, its lower one names a member, so that no two sides have the same
 * @param epoch sequence of the ring whose state exchange completed; 0 before the first
 * @param index commands applied since the cluster was born
 */
public record StateVersion(long era, long epoch, long index) implements Comparable<StateVersion> {

    public static final StateVersion NONE = new StateVersion(0, 0);

    private static final int MEMBER_BITS = 32;

    private static final Comparator<StateVersion> ORDER = Comparator.comparingLong(StateVersion::era)
            .thenComparingLong(StateVersion::epoch)
            .thenComparingLong(StateVersion::index);

    /** Of the era in which each cluster is born. */
    public StateVersion(long epoch, long index) {
        this(0, epoch, index);
    }

    public StateVersion next() {
        return new StateVersion(era, epoch, index + 1);
    }

    public StateVersion inEpoch(long newEpoch) {
        return new StateVersion(era, newEpoch, index);
    }

    /**
     * The same in the next era.
     *
     * @param member one that is in no other partition
     */
    public StateVersion inNextEra(int member) {
        long number = (era >> MEMBER_BITS) + 1;
        return new StateVersion((number << MEMBER_BITS) | member, epoch, index);
    }

    /** Whether commands of both were ordered by the same ring. */
    public boolean isOfSameEpoch(StateVersion other) {
        return era == other.era && epoch == other.epoch;
    }

    /** The last version that this one's epoch can have. */
    public StateVersion endOfEpoch() {
        return new StateVersion(era, epoch, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(StateVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (era == 0 ? "" : era + "/") + epoch + ":" + index;
    }
}
