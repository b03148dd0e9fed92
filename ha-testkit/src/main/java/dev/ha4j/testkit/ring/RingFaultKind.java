package dev.ha4j.testkit.ring;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong with networks and processes, and what attackers do. In braces: what {@link RingFault#strength} means. */
enum RingFaultKind {
    /** Nothing passes between target and other on one link. */
    LINK_CUT(true, true),
    /** Nothing passes from target to other on one link. */
    LINK_ONE_WAY(true, true),
    /** Datagrams of the target are lost on one link {per mille}. */
    LINK_LOSS(true, true),
    /** They are lost many at once on one link {per mille}. */
    LINK_BURSTS(true, true),
    /** What target and other send each other on one link comes and goes {milliseconds of each}. */
    LINK_FLAPS(true, true),
    /** The target has another address on one link, and everybody hears of that, one after the other {milliseconds until all have}. */
    ADDRESS_MOVES(true, true),
    /** What the target sends to multicast groups, and what comes to it that way, is lost {per mille}. */
    MULTICAST_LOSS(true, false),
    /** A firewall rejects what target and other send each other on one link. */
    LINK_REJECTS(true, true),
    /** The target hears that nobody listens at the other's, on all links {milliseconds between}. */
    SPOOFED_REFUSALS(true, false),
    /** Bits change on the way from the target {per mille}. */
    DAMAGE(true, false),
    /** Datagrams from the target arrive twice {per mille}. */
    DUPLICATION(true, false),
    /** Datagrams from the target overtake each other {microseconds}. */
    REORDERING(true, false),
    /** Datagrams that the target sent before arrive once more {milliseconds between}. */
    REPLAY(true, false),
    /** Datagrams in the target's name, with a header as it writes them {milliseconds between}. */
    FORGERY(true, false),
    /** Noise at the target, many at once {milliseconds between}. */
    GARBAGE(true, false),
    /** Datagrams of the target in another version or cipher suite {milliseconds between}. */
    OTHER_VERSION(true, false),
    /** What the target sends to one node arrives at another {milliseconds between}. */
    REDIRECTION(true, false),
    /** Datagrams of the target are taken off the wire, and come from another address {how many}. */
    OTHER_SOURCE(true, false),
    /** Somebody of another cluster uses the target's address. */
    OTHER_CLUSTER(true, false),
    /** A second process has the target's id, address and key. */
    TWIN(true, false),
    /** All get another key, one after the other. */
    KEY_ROTATION(true, false),
    /** A second process has the target's id, address and key, and the certificate of the other one. */
    IMPOSTOR(true, false),
    /** The target shows a new certificate. */
    NEW_CERTIFICATE(true, false),

    /** The process dies, its host lives. */
    KILL(false, false),
    KILL_ALL(false, false),
    /** The process stands still. */
    FREEZE(false, false),
    LEAVE(false, false),
    /** The process dies as soon as it is back, again and again {milliseconds between}. */
    RESTART_STORM(false, false),
    /** Splits the nodes {bit mask of one side}. */
    PARTITION(false, false),
    /** Splits the nodes in three {for each two bits}. */
    PARTITION_IN_THREE(false, false),
    /** Nothing comes from or to the target. */
    ISOLATION(false, false),
    /** Nothing passes from target to other. */
    ONE_WAY(false, false),
    /** Datagrams from and to the target are lost, on all links {per mille}. */
    LOSS(false, false),
    /** The same, many at once. */
    BURSTS(false, false),
    /** Datagrams from and to the target are late {milliseconds}. */
    DELAY(false, false),
    /** All ways from and to the target carry little, and keep little waiting {kilobits per second}. */
    BANDWIDTH(false, false),
    /** Large datagrams of the target vanish {bytes that pass}. */
    PATH_SHRINKS(false, false),
    /** The process dies twice, and what it sent in both lives is played again until it is back {milliseconds between}. */
    EARLIER_BOOT(false, false),
    /** The process dies; until it is back, another has its id, address and key, and the certificate of the other one. */
    USURPER(false, false);

    private static final Set<RingFaultKind> OF_CERTIFICATES = EnumSet.of(IMPOSTOR, NEW_CERTIFICATE, USURPER);

    private final boolean harmless;
    private final boolean needsAnotherLink;

    RingFaultKind(boolean harmless, boolean needsAnotherLink) {
        this.harmless = harmless;
        this.needsAnotherLink = needsAnotherLink;
    }

    /** Whether there is what it harms. */
    boolean isPossible(RingOptions options) {
        return (options.certificates() || !OF_CERTIFICATES.contains(this))
                && (options.multicast() || this != MULTICAST_LOSS);
    }

    /** Whether a ring of several links, or of as many as it likes, must not be disturbed by it. */
    boolean isHarmless(int links) {
        return harmless && (links > 1 || !needsAnotherLink);
    }
}
