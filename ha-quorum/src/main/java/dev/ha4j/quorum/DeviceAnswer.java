package dev.ha4j.quorum;

/**
 * What a quorum device says of the partition that asked.
 *
 * @param granted whether it gives its vote to this partition
 * @param tenure another number than before whenever some other partition may have had the vote in between: the device refused
 *     it, or there was no connection to it for a while
 */
public record DeviceAnswer(boolean granted, long tenure) {}
