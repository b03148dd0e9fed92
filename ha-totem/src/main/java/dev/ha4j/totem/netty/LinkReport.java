package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.LinkTraffic;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One link to one peer, as seen from here.
 *
 * @param peer whom it leads to
 * @param number of the link, from 0
 * @param address where the peer receives on it
 * @param up whether pings come back; of two links it may be that only one is used
 * @param roundTrip running mean; zero before the first answer
 * @param shortest round trip of all; zero before the first answer
 * @param longest round trip of all
 * @param loss share of pings, both ways, that were not answered lately: 0 to 1
 * @param ups how often it came up
 * @param downs how often it went down
 * @param datagramBytes largest datagram that was proven to arrive
 * @param traffic what went over it
 * @param byMulticast whether the peer hears this node through the link's multicast group
 */
public record LinkReport(
        NodeId peer,
        int number,
        InetSocketAddress address,
        boolean up,
        Duration roundTrip,
        Duration shortest,
        Duration longest,
        double loss,
        long ups,
        long downs,
        int datagramBytes,
        LinkTraffic traffic,
        boolean byMulticast) {}
