package dev.ha4j.testkit.swarm;

/** What can go wrong, and what operators do. In braces: what {@link Fault#strength} means. */
public enum FaultKind {
    /** The process dies, its host lives. */
    KILL,
    POWER_OFF,
    POWER_OFF_ALL,
    /** The process dies and its disk is empty when it comes back; only while all others are well. */
    DISK_LOST,
    /** The process stands still; other is the ordinal of how its host's fence device behaves meanwhile. */
    FREEZE,
    /** Splits the nodes {bit mask of one side}. */
    PARTITION,
    /** Packets from target to other are lost. */
    ONE_WAY_CUT,
    ISOLATION,
    /** Packets from and to the target are lost {per mille}. */
    LOSS,
    /** Packets from and to the target are late {milliseconds}. */
    DELAY,
    /** The target hears that nobody listens at the other's. */
    FALSE_REFUSAL,
    /** Forces take longer {milliseconds}. */
    SLOW_DISK,
    DISK_ERRORS,
    /** {milliseconds, forward or back}. */
    WALL_CLOCK_JUMP,
    /** The device of the target misbehaves {ordinal of FenceBehaviour}; if other is not 0, those of all nodes do. */
    FENCE_DEVICE,
    /**
     * A resource misbehaves on the target {ordinal of ResourceBehaviour}, and operators move things away from there if it stops
     * badly; other is the resource's number, among those that the target holds if it holds any.
     */
    RESOURCE,
    LEAVE,
    STANDBY,
    /** An operator looks after lost nodes, and says so of each that is really down. */
    CONFIRM_DOWN,
    /** An operator changes a parameter of a resource. */
    RECONFIGURE,
    /** The process dies as soon as it is back, again and again {milliseconds between}. */
    RESTART_STORM,
    /** The target is cut off and reached again, again and again {milliseconds between}. */
    FLAPPING,
    /** Packets that the target sent before arrive once more {milliseconds between}. */
    REPLAY,
    /** Writes succeed, and what was written cannot be made safe. */
    FORCE_ERRORS,
    /** Each task of the process has to wait {milliseconds at most}. */
    SLOW_PROCESS,
    /**
     * An application asks the target for many things at once {how many}, and for a while others don't hear the target, from
     * 5 ms later on; if other is not 0, after so many microseconds, and a second user of the ring sends as many safe messages.
     */
    BURST,
    /** All disks but the target's are slow {milliseconds}, then all lose power. */
    STALL_AND_CUT,
    /** Who is ordered next to carry out a fencing stands still, before its power command or after it {milliseconds}. */
    FENCER_FREEZE,
    /** Threads of the target that call the code of users and of fence devices begin late {milliseconds at most}. */
    LATE_THREADS,
    /** Nothing comes through between the target and the witness. */
    WITNESS_CUT,
    /** The witness ends, and comes back with nothing remembered. */
    WITNESS_DOWN,
    /** An operator gives the target other votes {one more than it gets}, or removes it from the voters for a while {0}. */
    VOTERS,
    /** An operator takes the ticket from the cluster for a while; only where resources depend on it. */
    TICKET,
    /** The target is unwell for a while; only where resources leave such a node. */
    HEALTH,
    /** Somebody keeps the target off. */
    HELD_OFF,
    /** What is said between the target and the witness is late {milliseconds}. */
    WITNESS_LATE,
    /** The line between the target and the witness breaks and is mended, again and again {milliseconds between}. */
    WITNESS_FLAPPING,
    /** Operators give the cluster another quorum device {its votes}, after one of them did it the wrong way on the target. */
    DEVICE_CHANGED,
    /** Operators give the target a quorum device {its votes} that asks another arbiter than those of the others, and mend it later. */
    ARBITERS_DIFFER,
    /** An operator says that nobody need wait for all any longer. */
    CANCEL_WAIT,
    /**
     * All but some {bit mask of those who are left} go on without these for a while, then they are off, and stay so; an operator
     * tells those who are left to go on. Other: for how many seconds, with its sign whether those lose their power meanwhile.
     */
    MAJORITY_GONE
}
