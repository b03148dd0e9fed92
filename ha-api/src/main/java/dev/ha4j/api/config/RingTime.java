package dev.ha4j.api.config;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * The times of a ring. Each follows from the network's profile or from another one, unless it is set
 * ({@link RingTimes#with}). In braces: what Corosync calls it.
 */
public enum RingTime {

    /**
     * Without a token for this long, a member considers the ring broken, at the latest ({@code token}). Effective: nothing is
     * added for larger clusters. Leases last three times as long.
     */
    TOKEN_TIMEOUT(times -> times.profile().tokenTimeout()),

    /**
     * If this is shorter than the token timeout, the ring measures how long its token takes and considers itself broken
     * sooner where it can, but never before this. What notices a loss has the pace that this demands.
     */
    DETECTION_FLOOR(times -> times.of(TOKEN_TIMEOUT)),

    /** A member repeats the token it passed on when it sees no progress for this long ({@code token_retransmit}). */
    TOKEN_RETRANSMIT(times -> times.of(DETECTION_FLOOR).multipliedBy(10).dividedBy(42)),

    /** The last sender of an idle ring keeps the token for this long ({@code hold}). */
    HOLD(times -> longer(
            times.of(TOKEN_RETRANSMIT).multipliedBy(8).dividedBy(10).minusMillis(10),
            times.of(TOKEN_RETRANSMIT).dividedBy(2))),

    /**
     * The last sender of a quiet ring keeps the token for this long before it lets it go round: the longest time in all that a
     * rotation's keepers may take. Zero: the token never lingers.
     */
    LINGER(times -> shorter(times.of(TOKEN_RETRANSMIT).dividedBy(48), times.of(HOLD))),

    /** Interval of join messages while gathering, and how long a node alone waits for others ({@code join}). */
    JOIN(times -> times.of(TOKEN_TIMEOUT).dividedBy(20)),

    /** Upper limit of a random delay before a join message, for large clusters ({@code send_join}). */
    SEND_JOIN(times -> Duration.ZERO),

    /** How long members may take to agree before the silent ones count as failed ({@code consensus}). */
    CONSENSUS(times -> times.of(TOKEN_TIMEOUT).multipliedBy(12).dividedBy(10)),

    /** How often a ring shows itself to configured nodes that are not members ({@code merge}). */
    MERGE(times -> times.of(TOKEN_TIMEOUT).dividedBy(5)),

    /** A node that did not run for this long distrusts what waited meanwhile, and the silence of others. */
    PAUSE_THRESHOLD(times -> times.of(DETECTION_FLOOR).dividedBy(2)),

    /** A ring sequence must be on disk within this time, or the ring fails. */
    RESERVATION_TIMEOUT(times -> times.of(TOKEN_TIMEOUT).multipliedBy(10)),

    /**
     * After a false suspicion, the fast path stays closed for that peer for this long, twice as long after each further one,
     * up to 64 times; so it does for the adaptive token timeout after a ring that was given up for nothing.
     */
    SUSPICION_BACK_OFF(times -> times.of(TOKEN_TIMEOUT).multipliedBy(10)),

    /** The successor on the ring gets a probe if it was sent nothing for this long. */
    PROBE_INTERVAL(times -> times.of(DETECTION_FLOOR).dividedBy(times.profile().probes())),

    /** The same for all other nodes. Who is not heard for a token timeout is suspected, so several have to fit into that. */
    FAR_PROBE_INTERVAL(times -> times.of(DETECTION_FLOOR).dividedBy(4)),

    /** How often each of several links is tried. */
    PING_INTERVAL(times -> times.of(DETECTION_FLOOR).dividedBy(20)),

    /** How often a single link is tried, which is only measured. */
    SINGLE_PING_INTERVAL(times -> times.of(DETECTION_FLOOR)),

    /** One of several links is down when no ping was answered for this long. */
    LINK_TIMEOUT(times -> scaled(times.of(PING_INTERVAL), times.profile().pingsUntilDown())),

    /**
     * After a refusal (ICMP "port unreachable"), how long the peer has to answer a probe before it is suspected; longer than a
     * round trip. Zero: refusals count for nothing.
     */
    REFUSAL_WAIT(times -> times.profile().refusalWait()),

    /** How long the ring's start waits for handshakes with peers that may be up. */
    START_GRACE(times -> times.of(TOKEN_TIMEOUT).dividedBy(20)),

    /** How long closing waits for the clean leave, and again for the thread. */
    CLOSE_TIMEOUT(times -> times.of(TOKEN_TIMEOUT).multipliedBy(2));

    private final Function<RingTimes, Duration> formula;

    RingTime(Function<RingTimes, Duration> formula) {
        this.formula = formula;
    }

    /** As in {@code tokenTimeout}. */
    public String word() {
        StringBuilder word = new StringBuilder();
        for (String part : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }

    Duration derive(RingTimes times) {
        return formula.apply(times);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration scaled(Duration once, double factor) {
        return Duration.ofNanos(Math.round(once.toNanos() * factor));
    }
}
