package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * The token. Who has it may give sequences to new messages.
 *
 * @param hop rises by one with each node it passes, so that retransmitted tokens are told apart
 * @param sequence last sequence given to a message
 * @param allReceivedUpTo lowest all-received-up-to of the members, as far as this rotation knows ({@code aru})
 * @param loweredBy the member that lowered it ({@code aru_addr})
 * @param sentInRotation messages sent during the last rotation ({@code fcc})
 * @param backlog messages waiting at all members
 * @param window messages per rotation that the slowest member can take
 * @param narrowedBy the member that lowered the window
 * @param lingeredMicros microseconds for which members have kept it since the representative had it
 * @param recovering whether a member still has messages of an old ring to send ({@code retrans_flg})
 * @param retransmitRequests sequences that somebody misses ({@code rtr})
 */
public record Token(
        RingId ring,
        long hop,
        long sequence,
        long allReceivedUpTo,
        Optional<NodeId> loweredBy,
        int sentInRotation,
        int backlog,
        int window,
        Optional<NodeId> narrowedBy,
        int lingeredMicros,
        boolean recovering,
        List<Long> retransmitRequests)
        implements TotemMessage {

    public Token {
        retransmitRequests = List.copyOf(retransmitRequests);
    }

    /** The same, whether or not a member is still recovering. */
    public Token withRecovering(boolean value) {
        return new Token(
                ring,
                hop,
                sequence,
                allReceivedUpTo,
                loweredBy,
                sentInRotation,
                backlog,
                window,
                narrowedBy,
                lingeredMicros,
                value,
                retransmitRequests);
    }

    /** The same, kept for so long. */
    public Token withLingeredMicros(int micros) {
        return new Token(
                ring,
                hop,
                sequence,
                allReceivedUpTo,
                loweredBy,
                sentInRotation,
                backlog,
                window,
                narrowedBy,
                micros,
                recovering,
                retransmitRequests);
    }
}
