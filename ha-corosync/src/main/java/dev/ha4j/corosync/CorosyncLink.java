package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.Optional;

/**
 * A knet link to another node, as {@code corosync-cfgtool -n} shows it.
 *
 * @param node at its other end
 * @param number of the link, from 0 on
 * @param connected whether it is in use: the other node answers
 * @param roundTrip of its pings, in the mean; empty before the first answer
 */
public record CorosyncLink(NodeId node, int number, boolean connected, Optional<Duration> roundTrip) {}
