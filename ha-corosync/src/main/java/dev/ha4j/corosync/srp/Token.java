package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.List;
import java.util.Optional;

/**
 * The token. Who has it may give sequences to new messages. Sequences are 32 bits and wrap: {@link Serial} compares them.
 *
 * @param sequence last one given to a message ({@code seq})
 * @param hop rises by one with each node it passes ({@code token_seq})
 * @param receivedUpTo lowest all-received-up-to of the members, as far as this rotation knows ({@code aru})
 * @param loweredBy the member that lowered it ({@code aru_addr})
 * @param backlog packets waiting at all members
 * @param sentInRotation packets sent during the last rotation ({@code fcc})
 * @param recovering whether a member still has messages of an old ring to send ({@code retrans_flg})
 * @param requests sequences that somebody misses ({@code rtr_list})
 */
public record Token(
        NodeId sender,
        int sequence,
        int hop,
        int receivedUpTo,
        Optional<NodeId> loweredBy,
        RingId ring,
        int backlog,
        int sentInRotation,
        boolean recovering,
        List<Request> requests)
        implements SrpMessage {

    /** A message that somebody misses; of another ring, it is not ours to serve. */
    public record Request(RingId ring, int sequence) {}

    public Token {
        requests = List.copyOf(requests);
    }

    Token recovering(boolean value) {
        return new Token(
                sender, sequence, hop, receivedUpTo, loweredBy, ring, backlog, sentInRotation, value, requests);
    }
}
