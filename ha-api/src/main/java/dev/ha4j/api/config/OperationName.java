package dev.ha4j.api.config;

/** What can be done with a resource. */
public enum OperationName {
    START,
    STOP,
    MONITOR,
    PROMOTE,
    DEMOTE,
    NOTIFY,
    MIGRATE_TO,
    MIGRATE_FROM,
    RELOAD
}
