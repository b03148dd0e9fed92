package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A link to another node, as {@code corosync-cfgtool -n} shows it. Over {@code udpu} there is one to each.
 *
 * @param node at its other end
 * @param number of the link, from 0 on
 * @param address where the other node receives
 * @param connected with knet, whether the other node answers pings, so that the link is in use; over {@code udpu}, whether it is in the
 *     ring that was installed last
 * @param roundTrip of its pings, in the mean; empty before the first answer, and over {@code udpu}
 * @param dataBytes that one datagram carries of the ring's packets, without what surrounds them
 * @param traffic since the node's start
 */
public record CorosyncLink(
        NodeId node,
        int number,
        InetSocketAddress address,
        boolean connected,
        Optional<Duration> roundTrip,
        int dataBytes,
        CorosyncTraffic traffic) {}
