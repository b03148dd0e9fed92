package dev.ha4j.api.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** How the ring is run. */
record RingCheck(ClusterPolicy policy, RingOptions ring, Check check) {

    private static final int LEASE_TOKENS = 3;
    private static final int MAX_ANSWERS_UNTIL_UP = 100;

    void run() {
        check.add(ring.times().violations());
        consensusWithinLease();
        flow(ring.flow());
        check.range("deliveryQueueBytes", ring.deliveryQueueBytes(), 1 << 20, 1 << 30);
        check.range("submitQueueBytes", ring.submitQueueBytes(), 1 << 20, 1 << 30);
        links(ring.links());
        sockets(ring.sockets());
    }

    /** A lease has to outlast hold, token, consensus and the exchange of states, or another node's death would end it. */
    private void consensusWithinLease() {
        Duration token = ring.tokenTimeout();
        Duration most = token.multipliedBy(LEASE_TOKENS)
                .minus(token)
                .minus(ring.times().of(RingTime.HOLD))
                .minus(token.dividedBy(5));
        if (ring.times().of(RingTime.CONSENSUS).compareTo(most) > 0) {
            check.wrong(
                    RingTime.CONSENSUS.word(),
                    "is " + ring.times().of(RingTime.CONSENSUS)
                            + ": another node's death would end the terms of all, whose leases last "
                            + token.multipliedBy(LEASE_TOKENS),
                    "at most " + most + ", or a longer token timeout");
        }
    }

    private void flow(FlowOptions flow) {
        check.range("windowMessages", flow.windowMessages(), 1, 1_000);
        check.range("messagesPerVisit", flow.messagesPerVisit(), 1, Math.max(1, flow.windowMessages()));
        check.range("acceleratedMessages", flow.acceleratedMessages(), 0, Math.max(0, flow.messagesPerVisit()));
        check.range("visitsBeforeRequest", flow.visitsBeforeRequest(), 0, 1_000);
    }

    private void links(LinkOptions links) {
        if (links.priorities().size() > mostLinks()) {
            check.wrong(
                    "links",
                    "have " + links.priorities().size() + " priorities, and nodes have " + mostLinks() + " links",
                    "one priority per link at most");
        }
        check.range("answersUntilUp", links.answersUntilUp(), 1, MAX_ANSWERS_UNTIL_UP);
    }

    private int mostLinks() {
        return policy.nodes().stream()
                .mapToInt(node -> node.links().size())
                .max()
                .orElse(0);
    }

    private void sockets(SocketOptions sockets) {
        check.range("bufferBytes", sockets.bufferBytes(), 1 << 14, 1 << 30);
        check.range("maxDatagramBytes", sockets.maxDatagramBytes(), 1_400, 60_100);
        if (sockets.multicast().size() > mostLinks()) {
            check.wrong(
                    "multicast",
                    "names " + sockets.multicast().size() + " groups, and nodes have " + mostLinks() + " links",
                    "one group per link at most");
        }
        sockets.multicast().stream()
                .filter(group -> !isMulticast(group))
                .forEach(group -> check.wrong(
                        "multicast",
                        "has " + group + ", which is no multicast address",
                        "one of 239.0.0.0/8 or ff05::/16"));
    }

    /** Names are not looked up. */
    private static boolean isMulticast(LinkAddress group) {
        boolean isNumeric = group.host().indexOf(':') >= 0 || group.host().matches("[0-9.]+");
        try {
            return isNumeric && InetAddress.getByName(group.host()).isMulticastAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
