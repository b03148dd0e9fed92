package dev.ha4j.corosync.knet;

/**
 * One of the links, the same at all nodes; names in brackets are of corosync.conf(5).
 *
 * @param priority the highest one of those that work is used ({@code knet_link_priority})
 * @param pingNanos between two pings ({@code knet_ping_interval})
 * @param timeoutNanos a ping that is not answered by then takes the link out of use ({@code knet_ping_timeout})
 * @param pongs answers in a row that bring it into use ({@code knet_pong_count})
 */
public record LinkSettings(int priority, long pingNanos, long timeoutNanos, int pongs) {}
