package dev.ha4j.fencing.kit;

/** A way in which the thing behind a fence device can misbehave. A rig makes as many of them as its double can. */
public enum Fault {
    /** Another machine answers at the target's address. */
    WRONG_IDENTITY,
    /** Commands are answered well and not carried out. */
    IGNORES_COMMANDS,
    /** Commands are answered with an error. */
    FAILS_COMMANDS,
    /** Commands are answered well and carried out one minute later. */
    ACTS_LATE,
    /** Commands are carried out, but the answers don't come back. */
    LOSES_ANSWERS,
    /** Each command takes a minute, and is carried out then. */
    SLOW,
    /** Every other reading of the state says off, whatever it is. */
    FLICKERS,
    /** Nothing answers at all. */
    UNREACHABLE,
    /** The device's credentials are no longer accepted. */
    CREDENTIALS_REVOKED,
    /** The device's user may look, but not switch. */
    LACKS_PRIVILEGE
}
