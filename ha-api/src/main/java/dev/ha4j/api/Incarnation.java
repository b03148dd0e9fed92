package dev.ha4j.api;

import java.util.Objects;

/**
 * One life of a node: what a fence aims at, so that a late result for an earlier life can't be taken for a later one.
 *
 * @param machineId identity of the machine, the same over reboots
 * @param bootId identity of the kernel's boot, new with each reboot
 * @param startNonce random number drawn when the node started in its JVM
 */
public record Incarnation(String machineId, String bootId, long startNonce) {

    public Incarnation {
        Objects.requireNonNull(machineId, "machineId");
        Objects.requireNonNull(bootId, "bootId");
    }

    /** Whether this life proves that {@code predecessor} is over: the same machine has been booted anew since. */
    public boolean isRebootOf(Incarnation predecessor) {
        return machineId.equals(predecessor.machineId) && !bootId.equals(predecessor.bootId);
    }

    @Override
    public String toString() {
        return bootId + "/" + Long.toHexString(startNonce);
    }
}
