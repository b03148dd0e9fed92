package dev.ha4j.corosync.srp;

/** Payloads of packets that wait for the token. */
public interface Outgoing {

    /** How many packets, about; 0 only if there is none. */
    int packets();

    /** The next one; asked for only while there is one. */
    byte[] next();
}
