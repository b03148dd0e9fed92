package dev.ha4j.api.report;

import java.time.Duration;
import java.util.Objects;

/**
 * One link to one other node.
 *
 * @param peer name of that node
 * @param number of the link, from 0: the place of its address in the configuration
 * @param up whether pings come back
 * @param roundTrip running mean; zero before the first answer
 * @param shortest round trip of all; zero before the first answer
 * @param longest round trip of all
 * @param loss share of pings that were not answered lately, 0 to 1
 * @param address where the other node receives on it
 * @param ups how often it came up
 * @param downs how often it went down
 * @param datagramBytes largest datagram that was proven to arrive
 * @param traffic what went over it
 * @param byMulticast whether that node hears this one through the link's multicast group
 */
public record LinkSummary(
        String peer,
        int number,
        boolean up,
        Duration roundTrip,
        Duration shortest,
        Duration longest,
        double loss,
        String address,
        long ups,
        long downs,
        int datagramBytes,
        LinkTraffic traffic,
        boolean byMulticast) {

    public LinkSummary {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(roundTrip, "roundTrip");
        Objects.requireNonNull(shortest, "shortest");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(traffic, "traffic");
    }
}
