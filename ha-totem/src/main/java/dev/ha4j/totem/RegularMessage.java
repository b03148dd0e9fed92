package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.List;

/**
 * An ordered message of a ring: the packed parts that one node sent in one packet.
 *
 * @param sequence place in the ring's total order, from 1
 * @param sender who sent it first; a retransmission can come from anybody
 * @param guarantee the strongest that any of the parts asked for
 */
public record RegularMessage(
        RingId ring, long sequence, NodeId sender, DeliveryGuarantee guarantee, List<Fragment> fragments)
        implements TotemMessage {

    public RegularMessage {
        fragments = List.copyOf(fragments);
    }
}
