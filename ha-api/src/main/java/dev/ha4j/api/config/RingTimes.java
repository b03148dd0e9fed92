package dev.ha4j.api.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * All times of a ring, in force: what was set, and what follows from that. All nodes have to agree on them. Immutable.
 *
 * <p>{@code RingTimes.of(CLOUD).with(CONSENSUS, ofSeconds(4))}
 */
public final class RingTimes {

    private static final Duration MIN_TOKEN_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_TOKEN_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofNanos(1);
    private static final Duration MOST = Duration.ofHours(1);

    private final NetworkProfile profile;
    private final EnumMap<RingTime, Duration> set;
    private final EnumMap<RingTime, Duration> inForce = new EnumMap<>(RingTime.class);

    private RingTimes(NetworkProfile profile, EnumMap<RingTime, Duration> set) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.set = set;
        for (RingTime time : RingTime.values()) {
            Duration own = set.get(time);
            inForce.put(time, own != null ? own : time.derive(this));
        }
    }

    /** All of them as the profile has them. */
    public static RingTimes of(NetworkProfile profile) {
        return new RingTimes(profile, new EnumMap<>(RingTime.class));
    }

    /** The same with another value for one, and for those that follow from it and are not set. */
    public RingTimes with(RingTime time, Duration value) {
        EnumMap<RingTime, Duration> changed = new EnumMap<>(set);
        changed.put(time, Objects.requireNonNull(value, "value"));
        return new RingTimes(profile, changed);
    }

    public NetworkProfile profile() {
        return profile;
    }

    public Duration of(RingTime time) {
        Duration value = inForce.get(time);
        if (value == null) {
            throw new IllegalStateException(time + " follows from itself");
        }
        return value;
    }

    public long nanos(RingTime time) {
        return of(time).toNanos();
    }

    /** Whether it was set, and does not just follow from others. */
    public boolean isSet(RingTime time) {
        return set.containsKey(time);
    }

    /** Whether the ring finds out itself how soon it may consider itself broken. */
    public boolean isAdaptive() {
        return of(RingTime.DETECTION_FLOOR).compareTo(of(RingTime.TOKEN_TIMEOUT)) < 0;
    }

    /** Each with its value, in the order of {@link RingTime}. */
    public Map<RingTime, Duration> all() {
        return Collections.unmodifiableMap(inForce);
    }

    /** What can't work. */
    public List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        Duration token = of(RingTime.TOKEN_TIMEOUT);
        Duration floor = of(RingTime.DETECTION_FLOOR);
        between(found, RingTime.TOKEN_TIMEOUT, MIN_TOKEN_TIMEOUT, MAX_TOKEN_TIMEOUT);
        between(found, RingTime.DETECTION_FLOOR, MIN_TOKEN_TIMEOUT, token);
        between(found, RingTime.TOKEN_RETRANSMIT, LEAST, floor);
        between(found, RingTime.HOLD, LEAST, of(RingTime.TOKEN_RETRANSMIT));
        between(
                found,
                RingTime.LINGER,
                Duration.ZERO,
                of(RingTime.TOKEN_RETRANSMIT).dividedBy(10));
        between(found, RingTime.JOIN, LEAST, of(RingTime.CONSENSUS));
        between(found, RingTime.SEND_JOIN, Duration.ZERO, of(RingTime.JOIN));
        between(found, RingTime.CONSENSUS, token, MOST);
        between(found, RingTime.MERGE, LEAST, MOST);
        between(found, RingTime.PAUSE_THRESHOLD, LEAST, floor);
        between(found, RingTime.RESERVATION_TIMEOUT, token, MOST);
        between(found, RingTime.SUSPICION_BACK_OFF, Duration.ZERO, MOST);
        between(found, RingTime.PROBE_INTERVAL, LEAST, of(RingTime.FAR_PROBE_INTERVAL));
        between(found, RingTime.FAR_PROBE_INTERVAL, LEAST, floor.dividedBy(2));
        between(found, RingTime.PING_INTERVAL, LEAST, of(RingTime.LINK_TIMEOUT));
        between(found, RingTime.SINGLE_PING_INTERVAL, LEAST, MOST);
        between(found, RingTime.LINK_TIMEOUT, LEAST, floor);
        between(found, RingTime.REFUSAL_WAIT, Duration.ZERO, floor);
        between(found, RingTime.START_GRACE, Duration.ZERO, MOST);
        between(found, RingTime.CLOSE_TIMEOUT, Duration.ZERO, MOST);
        return found;
    }

    private void between(List<Violation> found, RingTime time, Duration from, Duration to) {
        Duration value = of(time);
        if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
            String why = isSet(time) ? "" : ", which follows from other times";
            found.add(new Violation(
                    time.word(), "is " + value.toNanos() / 1e6 + " ms" + why, "choose " + from + " to " + to));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RingTimes that && profile == that.profile && inForce.equals(that.inForce);
    }

    @Override
    public int hashCode() {
        return List.copyOf(inForce.values()).hashCode(); // hash codes of enums differ between two runs
    }

    /** As in {@code CLOUD, tokenTimeout=PT3S (set), ...}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ").add(profile.name());
        inForce.forEach((time, value) -> text.add(time.word() + "=" + value + (isSet(time) ? " (set)" : "")));
        return text.toString();
    }
}
