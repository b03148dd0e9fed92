package dev.ha4j.api.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How the ring of nodes is run; all nodes have to agree on it, but for links and sockets.
 *
 * <p>{@code RingOptions.of(NetworkProfile.CLOUD).withTokenTimeout(ofSeconds(5)).with(CONSENSUS, ofSeconds(6))}
 *
 * @param times all times in force; one of them, the token timeout, is what most follow from
 * @param flow how much the ring may have under way
 * @param deliveryQueueBytes what may wait between the ring and the controller of one node (1 MiB to 1 GiB, default 16 MiB).
 *     At half of it the node lowers the window of the whole ring; a node whose queue is full leaves
 * @param submitQueueBytes what one node may have on its way to the total order (1 MiB to 1 GiB, default 2 MiB)
 * @param links how several links are used
 * @param sockets how datagrams are carried
 */
public record RingOptions(
        RingTimes times,
        FlowOptions flow,
        int deliveryQueueBytes,
        int submitQueueBytes,
        LinkOptions links,
        SocketOptions sockets) {

    /** For a local network. */
    public static final RingOptions DEFAULTS = of(NetworkProfile.LAN);

    public RingOptions {
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(links, "links");
        Objects.requireNonNull(sockets, "sockets");
    }

    /** All as the profile has it. */
    public static RingOptions of(NetworkProfile profile) {
        return new RingOptions(
                RingTimes.of(profile),
                profile.flow(),
                16 << 20,
                2 << 20,
                LinkOptions.DEFAULTS.withAnswersUntilUp(profile.answersUntilUp()),
                SocketOptions.DEFAULTS);
    }

    /** How soon a silent node counts as lost, from which most other times follow; see {@link RingTime#TOKEN_TIMEOUT}. */
    public Duration tokenTimeout() {
        return times.of(RingTime.TOKEN_TIMEOUT);
    }

    public RingOptions withTokenTimeout(Duration value) {
        return with(RingTime.TOKEN_TIMEOUT, value);
    }

    /**
     * The ring may notice a loss sooner than in a token timeout, where its token is fast, but not before this; see
     * {@link RingTime#DETECTION_FLOOR}. Leases stay as they are.
     */
    public RingOptions withAdaptiveTimeout(Duration floor) {
        return with(RingTime.DETECTION_FLOOR, floor);
    }

    /** With one time set; see {@link RingTime}. */
    public RingOptions with(RingTime time, Duration value) {
        return withTimes(times.with(time, value));
    }

    public RingOptions withTimes(RingTimes value) {
        return new RingOptions(value, flow, deliveryQueueBytes, submitQueueBytes, links, sockets);
    }

    public RingOptions withFlow(FlowOptions value) {
        return new RingOptions(times, value, deliveryQueueBytes, submitQueueBytes, links, sockets);
    }

    public RingOptions withWindowMessages(int value) {
        return withFlow(flow.withWindowMessages(value));
    }

    public RingOptions withDeliveryQueueBytes(int value) {
        return new RingOptions(times, flow, value, submitQueueBytes, links, sockets);
    }

    public RingOptions withSubmitQueueBytes(int value) {
        return new RingOptions(times, flow, deliveryQueueBytes, value, links, sockets);
    }

    public RingOptions withLinks(LinkOptions value) {
        return new RingOptions(times, flow, deliveryQueueBytes, submitQueueBytes, value, sockets);
    }

    public RingOptions withSockets(SocketOptions value) {
        return new RingOptions(times, flow, deliveryQueueBytes, submitQueueBytes, links, value);
    }
}
