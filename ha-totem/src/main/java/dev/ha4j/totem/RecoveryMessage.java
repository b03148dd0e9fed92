package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/**
 * A message of an old ring, sent again as an ordered message of the ring that is forming.
 *
 * @param ring the forming ring
 * @param sequence place in the forming ring's order
 * @param sender who sends it again
 */
public record RecoveryMessage(RingId ring, long sequence, NodeId sender, RegularMessage original)
        implements TotemMessage {}
