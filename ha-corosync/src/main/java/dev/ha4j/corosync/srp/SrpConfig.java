package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the nodes of a ring have to agree on; names in brackets are of corosync.conf(5).
 *
 * @param nodes all that are configured
 * @param tokenTimeoutNanos in effect: {@code token} and {@code token_coefficient} for each node beyond two
 * @param tokenRetransmitNanos a token that makes no progress is sent again ({@code token_retransmit})
 * @param holdNanos pace of an idle ring ({@code hold})
 * @param joinNanos join messages are repeated ({@code join})
 * @param consensusNanos who has not agreed by then has failed ({@code consensus})
 * @param mergeNanos how often a ring shows itself to others ({@code merge})
 * @param reservationNanos how long storing a ring's sequence may take
 * @param windowMessages packets of all nodes in one rotation ({@code window_size})
 * @param messagesPerVisit packets of one node in one rotation ({@code max_messages})
 * @param visitsBeforeRequest how long a gap has to be there before it counts as loss ({@code miss_count_const})
 * @param idleRotations rotations without news until the token is held ({@code seqno_unchanged_const})
 * @param failToReceiveRotations rotations without progress here until this node gives up ({@code fail_recv_const})
 * @param requestsPreventHold whether the token goes on while it carries requests ({@code cancel_token_hold_on_retransmit})
 */
public record SrpConfig(
        SortedSet<NodeId> nodes,
        long tokenTimeoutNanos,
        long tokenRetransmitNanos,
        long holdNanos,
        long joinNanos,
        long consensusNanos,
        long mergeNanos,
        long reservationNanos,
        int windowMessages,
        int messagesPerVisit,
        int visitsBeforeRequest,
        int idleRotations,
        int failToReceiveRotations,
        boolean requestsPreventHold) {

    public SrpConfig {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
}
