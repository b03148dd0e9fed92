package dev.ha4j.corosync;

/** Why a process is in a group, or no longer is ({@code cpg_reason_t}). */
public enum CpgReason {
    /** It joined. */
    JOIN,
    /** It left. */
    LEAVE,
    /** Its node is no longer in the ring. */
    NODE_DOWN,
    /** Its node came into the ring, with the process in the group. */
    NODE_UP,
    /** It ended without leaving. */
    PROCESS_DOWN
}
