package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FlowOptions;
import dev.ha4j.api.config.NetworkProfile;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.api.config.RingTimes;
import dev.ha4j.api.config.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Settings of a ring. All members have to agree on them. {@link #builder()} holds the defaults; times that are not set follow
 * from the token timeout.
 *
 * @param nodes nodes that are configured at first, self included; see {@link TotemRing#changeNodes}
 * @param times all times in force
 * @param flow how much may be under way (a window of 256 messages, 64 of them per visit; requests after 5 visits)
 * @param limits sizes and bounds
 */
public record RingConfig(SortedSet<NodeId> nodes, RingTimes times, FlowOptions flow, RingLimits limits) {

    /** Most processors that a ring can have. */
    public static final int MAX_NODES = 384;

    /** Most retransmit requests on one token. */
    public static final int MAX_RETRANSMIT_REQUESTS = 30;

    /** Largest submission that any configuration allows. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** Largest packet payload that any configuration allows, with room for headers in a UDP datagram. */
    public static final int MAX_PACKET_BYTES = 60_000;

    private static final int DEFAULT_WINDOW_MESSAGES = 256;
    private static final int DEFAULT_MESSAGES_PER_VISIT = 64;

    public RingConfig {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    /** All defaults: the times of {@link NetworkProfile#LAN}, and no nodes. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same for other nodes. */
    public RingConfig withNodes(Collection<NodeId> others) {
        return new RingConfig(new TreeSet<>(others), times, flow, limits);
    }

    /** Without a token for this long, a member considers the ring broken, at the latest. */
    public Duration tokenTimeout() {
        return times.of(RingTime.TOKEN_TIMEOUT);
    }

    /** The time in force, in nanoseconds. */
    public long nanos(RingTime time) {
        return times.nanos(time);
    }

    private List<Violation> violations() {
        List<Violation> found = new ArrayList<>(times.violations());
        range(found, "nodes", nodes.size(), 1, MAX_NODES);
        range(found, "windowMessages", flow.windowMessages(), 1, 10_000);
        range(found, "messagesPerVisit", flow.messagesPerVisit(), 1, flow.windowMessages());
        range(found, "acceleratedMessages", flow.acceleratedMessages(), 0, flow.messagesPerVisit());
        range(found, "visitsBeforeRequest", flow.visitsBeforeRequest(), 0, 1_000);
        range(found, "storeMessages", limits.storeMessages(), 4L * flow.windowMessages(), 1 << 20);
        found.addAll(limits.violations());
        return found;
    }

    static void range(List<Violation> found, String name, long value, long from, long to) {
        if (value < from || value > to) {
            found.add(new Violation(name, "is " + value, "choose " + from + " to " + to));
        }
    }

    /** Settings under way; nothing is checked before {@link #build}. Not thread-safe. */
    public static final class Builder {
        private final SortedSet<NodeId> nodes = new TreeSet<>();
        private RingTimes times = RingTimes.of(NetworkProfile.LAN);
        private FlowOptions flow = new FlowOptions(DEFAULT_WINDOW_MESSAGES, DEFAULT_MESSAGES_PER_VISIT, 0, 5);
        private RingLimits limits = RingLimits.DEFAULTS;

        private Builder() {}

        /** Adds nodes, of which a ring has 1 to {@link #MAX_NODES}; the node that takes the configuration is to be among them. */
        public Builder nodes(Collection<NodeId> all) {
            nodes.addAll(all);
            return this;
        }

        /**
         * What the network is like: the times, and how much may be under way, as {@code docs/tuning.md} has them. Whatever is to
         * differ is said afterwards. Without it: the times of {@link NetworkProfile#LAN}, and a window of 256 packets, 64 per visit.
         */
        public Builder network(NetworkProfile profile) {
            return times(RingTimes.of(profile)).flow(profile.flow());
        }

        /**
         * Sets the time without a token after which a member considers the ring broken, at the latest (1 s), and thereby most other
         * times. Shorter notices a loss sooner, and takes a busy machine or a long garbage collection for one.
         */
        public Builder tokenTimeout(Duration value) {
            return time(RingTime.TOKEN_TIMEOUT, value);
        }

        /** Sets one time, and thereby those that follow from it. */
        public Builder time(RingTime time, Duration value) {
            return times(times.with(time, value));
        }

        /** Sets all times; what was set before is forgotten. */
        public Builder times(RingTimes value) {
            times = value;
            return this;
        }

        /** Sets how much may be under way: a window of 1 to 10,000 messages per rotation (256), of which one visit sends a part (64). */
        public Builder flow(FlowOptions value) {
            flow = value;
            return this;
        }

        /** Changes some of it, as in {@code flow(f -> f.withAcceleratedMessages(16))}. */
        public Builder flow(UnaryOperator<FlowOptions> change) {
            return flow(change.apply(flow));
        }

        /** Messages per rotation of the token, all nodes together: 1 to 10,000 (256). A visit sends no more than that either. */
        public Builder windowMessages(int value) {
            return flow(old -> old.withWindowMessages(value));
        }

        /** Sizes and bounds ({@link RingLimits#DEFAULTS}). */
        public Builder limits(RingLimits value) {
            limits = value;
            return this;
        }

        /**
         * Checks all of it.
         *
         * @throws IllegalArgumentException naming every setting that is out of range
         */
        public RingConfig build() {
            RingConfig config = new RingConfig(nodes, times, flow, limits);
            List<Violation> violations = config.violations();
            if (!violations.isEmpty()) {
                throw new IllegalArgumentException(
                        violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
            }
            return config;
        }
    }
}
