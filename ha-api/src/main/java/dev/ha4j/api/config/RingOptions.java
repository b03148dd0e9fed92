package dev.ha4j.api.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How the ring of nodes is run; all nodes have to agree on it. What is not here follows from the token timeout.
 *
 * @param tokenTimeout without a token for this long a node considers the ring broken ({@code token}; 10 ms to 5 min, default
 *     1,000 ms, nothing is added for larger clusters). Leases last three times as long
 * @param windowMessages messages per rotation, all nodes together ({@code window_size}; default 50)
 * @param deliveryQueueBytes what may wait between the ring and the controller of one node (1 MiB to 1 GiB, default 16 MiB).
 *     At half of it the node lowers the window of the whole ring; a node whose queue is full leaves
 * @param submitQueueBytes what one node may have on its way to the total order (1 MiB to 1 GiB, default 2 MiB)
 * @param links how several links are used; the only one of these that may differ from node to node
 */
public record RingOptions(
        Duration tokenTimeout, int windowMessages, int deliveryQueueBytes, int submitQueueBytes, LinkOptions links) {

    public static final RingOptions DEFAULTS =
            new RingOptions(Duration.ofSeconds(1), 50, 16 << 20, 2 << 20, LinkOptions.DEFAULTS);

    static final Duration MIN_TOKEN_TIMEOUT = Duration.ofMillis(10);
    static final Duration MAX_TOKEN_TIMEOUT = Duration.ofMinutes(5);

    public RingOptions {
        Objects.requireNonNull(tokenTimeout, "tokenTimeout");
        Objects.requireNonNull(links, "links");
    }

    public RingOptions withTokenTimeout(Duration value) {
        return new RingOptions(value, windowMessages, deliveryQueueBytes, submitQueueBytes, links);
    }

    public RingOptions withWindowMessages(int value) {
        return new RingOptions(tokenTimeout, value, deliveryQueueBytes, submitQueueBytes, links);
    }

    public RingOptions withDeliveryQueueBytes(int value) {
        return new RingOptions(tokenTimeout, windowMessages, value, submitQueueBytes, links);
    }

    public RingOptions withSubmitQueueBytes(int value) {
        return new RingOptions(tokenTimeout, windowMessages, deliveryQueueBytes, value, links);
    }

    public RingOptions withLinks(LinkOptions value) {
        return new RingOptions(tokenTimeout, windowMessages, deliveryQueueBytes, submitQueueBytes, value);
    }
}
