package dev.ha4j.totem.security;

/** Why a datagram was dropped. Each drop is counted under one reason, see {@link SecurityReport}. */
public enum RejectReason {
    /** Too short, wrong magic, unknown kind, or a handshake of the wrong size. */
    MALFORMED,
    /** A version or cipher suite that this node doesn't speak. */
    VERSION,
    /** A key id that isn't configured here. */
    UNKNOWN_KEY,
    /** The claimed sender isn't a configured peer. */
    UNKNOWN_SENDER,
    /** The claimed sender was a configured peer once. */
    REMOVED_SENDER,
    /** The packet came from an address that isn't the claimed sender's. */
    ADDRESS,
    /** Made for another node. */
    MISDIRECTED,
    /** A session that this node hasn't confirmed; a hello to the sender follows soon. */
    UNKNOWN_SESSION,
    /** The counter was seen before, or is older than the replay window. */
    REPLAY,
    /** The tag is wrong: another key, or altered on the way. */
    AUTHENTICATION,
    /** More handshake packets from one sender than the limit allows. */
    RATE_LIMIT,
    /** An answer to a challenge that isn't open: late, doubled or replayed. */
    STALE_HANDSHAKE,
    /** A second boot of a node whose first is being heard. */
    DUPLICATE_NODE,
    /** The sender's token timeout, on which leases rest, is another one. */
    OTHER_SETTINGS,
    /** The sender shows no certificate, and this cluster demands one. */
    NO_CERTIFICATE,
    /** The certificate is that of another node or cluster, of an unknown authority, or none at all. */
    CERTIFICATE,
    /** The certificate has expired, or is not valid yet. */
    CERTIFICATE_NOT_CURRENT,
    /** Not signed with the key to the certificate, or not for this handshake. */
    SIGNATURE
}
