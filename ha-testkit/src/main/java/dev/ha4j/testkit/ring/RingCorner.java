package dev.ha4j.testkit.ring;

/** The dark corners of a ring: what has to happen sometimes, so that green runs are known to have been there. */
enum RingCorner {
    TRANSITIONAL_OF_SEVERAL("a transitional configuration of several members"),
    OLD_MESSAGES_REPEATED("a recovery repeats messages of the old ring"),
    DELIVERED_IN_TRANSITIONAL("a message is delivered in a transitional configuration"),
    SAFE_IN_TRANSITIONAL("a safe message is delivered in a transitional configuration"),
    SAFE_DELIVERED("a message is delivered as safe"),
    LONG_MESSAGE("a message of several packets is delivered"),
    MESSAGE_GIVEN_UP("a submission ends as indeterminate"),
    TOKEN_LOST("a ring loses its token"),
    TOKEN_LOST_WITH_SAFE("a ring loses its token while a safe message is under way"),
    TOKEN_LENT("a token is lent"),
    TOKEN_LENT_ON("a borrowed token is lent on"),
    LOAN_STRUCK("something happens to those who lend and borrow a token"),
    MERGE_OF_TWO("two rings merge"),
    MERGE_OF_THREE("three or more rings merge"),
    RECOVERY_ABANDONED("a recovery is given up and begun again"),
    COMMIT_TOKEN_LOST("a commit token is lost"),
    FORMING_ABANDONED("a ring is given up while it forms"),
    RING_AFTER_RESTART("a restarted node joins a ring"),
    RING_AFTER_BLACKOUT("the first ring after all nodes were down"),
    WOKE_ELSEWHERE("a frozen node wakes after the others have gone on without it"),
    LEFT_CLEANLY("a node leaves cleanly"),
    FALSE_SUSPICION("a suspicion turns out to be false"),
    FAILED_TO_RECEIVE("a node that receives too little withdraws"),
    STALE_JOIN("a join message that is out of date is ignored"),
    LINK_DOWN("a link goes down"),
    GROUP_CARRIES("something arrives by a multicast group"),
    GROUP_LOST("what goes to a multicast group is lost"),
    QUEUE_FULL("a way has more to carry than it can"),
    MOVED("a node is heard at another address than at its start"),
    REFUSED("a host refuses packets"),
    LARGE_PACKETS("a path is found to carry large packets"),
    PATH_TOO_NARROW("a path is found to carry less than its interface"),
    REPLAY_REFUSED("a replayed packet is refused"),
    STALE_HANDSHAKE_REFUSED("a handshake of an earlier time is refused"),
    UNKNOWN_SESSION_REFUSED("a packet of an unknown session is refused"),
    FORGERY_REFUSED("a forged or damaged packet is refused"),
    VERSION_REFUSED("another version is refused"),
    NOISE_REFUSED("noise is refused"),
    STRANGER_REFUSED("a sender that is no node is refused"),
    MISDIRECTED_REFUSED("a packet for another node is refused"),
    ADDRESS_REFUSED("a packet from another address is refused"),
    TWIN_REFUSED("a second process with a node's id is refused"),
    OLD_KEY_REFUSED("a key that was left out is refused"),
    IMPOSTOR_REFUSED("who shows another node's certificate is refused"),
    NO_CERTIFICATE_REFUSED("who shows no certificate is refused where nodes have some"),
    HANDSHAKES_LIMITED("handshakes are too many, and not looked at"),
    KEYS_CHANGED("all nodes change to another key"),
    KEYS_MIXED("some nodes have another key, and one still has the old one");

    private final String label;

    RingCorner(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
