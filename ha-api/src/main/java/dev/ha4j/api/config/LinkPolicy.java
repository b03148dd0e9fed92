package dev.ha4j.api.config;

/** Which of the links that are up carry a packet ({@code link_mode}). If none is up, all do. */
public enum LinkPolicy {
    /** The one of the highest priority; among equals, the one with the lowest number. */
    PASSIVE,
    /** All of them; what arrives more than once counts once. */
    ACTIVE,
    /** One of them, each as often as the others. */
    ROUND_ROBIN
}
