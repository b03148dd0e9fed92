package dev.ha4j.qnetd;

/** Whether the connection is encrypted. */
public enum TlsMode {
    /** Never. */
    OFF,
    /** If the other side can. */
    ON,
    /** Or there is no connection. */
    REQUIRED
}
