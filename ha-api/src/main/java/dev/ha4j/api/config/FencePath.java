package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What all nodes know of a fence device: the replicated form of {@link FenceDeviceSpec}.
 *
 * @param deviceId name of the device
 * @param targets names of the nodes that it can fence
 * @param proofLevel what its confirmation proves
 * @param timeout for one attempt
 */
public record FencePath(String deviceId, SortedSet<String> targets, ProofLevel proofLevel, Duration timeout) {

    public FencePath {
        Objects.requireNonNull(deviceId, "deviceId");
        Objects.requireNonNull(proofLevel, "proofLevel");
        Objects.requireNonNull(timeout, "timeout");
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
    }

    public static FencePath of(FenceDeviceSpec device) {
        return new FencePath(device.id(), new TreeSet<>(device.targets()), device.proofLevel(), device.timeout());
    }

    /** The same for all targets but one. */
    public FencePath without(String target) {
        TreeSet<String> others = new TreeSet<>(targets);
        others.remove(target);
        return new FencePath(deviceId, others, proofLevel, timeout);
    }
}
