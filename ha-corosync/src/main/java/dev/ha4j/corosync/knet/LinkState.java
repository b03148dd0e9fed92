package dev.ha4j.corosync.knet;

import java.util.OptionalLong;

/** What a node knows of a link: whether it is in use, and how long its pings took, in the mean. */
public record LinkState(boolean connected, OptionalLong roundTripNanos) {}
