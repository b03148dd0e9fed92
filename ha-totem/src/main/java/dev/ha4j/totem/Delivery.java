package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.OptionalLong;

/**
 * One message in the total order.
 *
 * @param ring ring on which it was sent; equal for all who deliver it
 * @param sequence its place on that ring. Small messages that travelled in one packet share it and follow each other
 * @param submissionId the answer of {@link TotemRing#submit}, for own messages only
 * @param payload not to be changed by anybody
 * @param inTransitional whether it comes after the transitional configuration that ends the ring
 */
@SuppressWarnings("ArrayRecordComponent") // the payload is handed over without a copy
public record Delivery(
        RingId ring,
        long sequence,
        NodeId sender,
        OptionalLong submissionId,
        byte[] payload,
        DeliveryGuarantee guarantee,
        boolean inTransitional) {

    @Override
    public String toString() {
        return "Delivery[" + ring + "/" + sequence + " of " + sender + ", " + payload.length + " bytes, " + guarantee
                + (inTransitional ? ", in transitional]" : "]");
    }
}
