package dev.ha4j.api.config;

/** What becomes of a resource when its ticket is lost ({@code loss-policy}). */
public enum LossPolicy {
    /** It is stopped. */
    STOP,
    /** It is demoted, if it can be; it stays active. */
    DEMOTE,
    /** The nodes where it is active are fenced: sure, and quick. */
    FENCE,
    /** It stays as it is, and nobody touches it. */
    FREEZE
}
