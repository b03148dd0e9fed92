package dev.ha4j.api;

import java.util.Objects;

/**
 * One life of a node: what a fence aims at, so that a late result for an earlier life can't be taken for a later one.
 *
 * @param machineId identity of the machine, the same over reboots
 * @param bootId identity of the kernel's boot, new with each reboot; {@link #UNKNOWN_BOOT} where the system does not tell
 * @param directoryId identity of the local state directory whose exclusive lock this life holds
 * @param startNonce random number drawn when the node started in its JVM
 */
public record Incarnation(String machineId, String bootId, String directoryId, long startNonce) {

    /** The boot id of a system that does not tell: no reboot is ever seen there. */
    public static final String UNKNOWN_BOOT = "unknown-boot";

    public Incarnation {
        Objects.requireNonNull(machineId, "machineId");
        Objects.requireNonNull(bootId, "bootId");
        Objects.requireNonNull(directoryId, "directoryId");
    }

    /**
     * What the begin of this life proves of the end of another one of the same node: {@link ProofLevel#POWER_VERIFIED} if the
     * machine has been booted anew since; {@link ProofLevel#PROCESS_KILLED} if it holds, under the same kernel, the lock that
     * the other one held until its end; {@link ProofLevel#NONE} else.
     */
    public ProofLevel provesEndOf(Incarnation predecessor) {
        if (isRebootOf(predecessor)) {
            return ProofLevel.POWER_VERIFIED;
        }
        return holdsLockOf(predecessor) ? ProofLevel.PROCESS_KILLED : ProofLevel.NONE;
    }

    /** The same machine has been booted anew since: nothing that ran under the earlier kernel runs any more. */
    private boolean isRebootOf(Incarnation predecessor) {
        return machineId.equals(predecessor.machineId)
                && !bootId.equals(UNKNOWN_BOOT)
                && !predecessor.bootId.equals(UNKNOWN_BOOT)
                && !bootId.equals(predecessor.bootId);
    }

    /** A lock excludes only under the kernel that keeps it; a copy of a directory has a lock, and an id, of its own. */
    private boolean holdsLockOf(Incarnation predecessor) {
        return machineId.equals(predecessor.machineId)
                && bootId.equals(predecessor.bootId)
                && directoryId.equals(predecessor.directoryId);
    }

    @Override
    public String toString() {
        return bootId + "/" + Long.toHexString(startNonce);
    }
}
