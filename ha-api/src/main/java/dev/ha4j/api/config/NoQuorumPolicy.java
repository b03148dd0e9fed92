package dev.ha4j.api.config;

/** What a node does with its resources when it has no quorum ({@code no-quorum-policy}). */
public enum NoQuorumPolicy {
    STOP,
    FREEZE,
    IGNORE,
    DEMOTE,
    FENCE
}
