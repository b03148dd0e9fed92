package dev.ha4j.quorum;

/**
 * What a quorum device has to say.
 *
 * @param configuredVotes what it counts in the expected votes; 0 without a device
 * @param granted whether it gives them to this partition
 */
public record DeviceVote(int configuredVotes, boolean granted) {

    /** There is no device. */
    public static final DeviceVote NONE = new DeviceVote(0, false);

    int present() {
        return granted ? configuredVotes : 0;
    }
}
