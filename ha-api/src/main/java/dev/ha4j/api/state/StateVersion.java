package dev.ha4j.api.state;

/**
 * Version of the replicated state. The epoch counts first: a longer log of an older epoch never wins.
 *
 * @param epoch sequence of the ring whose state exchange completed; 0 before the first
 * @param index commands applied since the cluster was born
 */
public record StateVersion(long epoch, long index) implements Comparable<StateVersion> {

    public static final StateVersion NONE = new StateVersion(0, 0);

    public StateVersion next() {
        return new StateVersion(epoch, index + 1);
    }

    public StateVersion inEpoch(long newEpoch) {
        return new StateVersion(newEpoch, index);
    }

    @Override
    public int compareTo(StateVersion other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        return epoch + ":" + index;
    }
}
