package dev.ha4j.totem.netty;

import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.SendOutcome;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.List;

/** Receipts for what the ring has taken, by submission id. On the loop only. */
final class Receipts {

    private final LongObjectMap<Receipt> open = new LongObjectHashMap<>();

    void expect(long submissionId, Receipt receipt) {
        open.put(submissionId, receipt);
    }

    void delivered(Delivery delivery) {
        if (!open.isEmpty() && delivery.submissionId().isPresent()) {
            settle(delivery.submissionId().getAsLong(), SendOutcome.DELIVERED);
        }
    }

    void indeterminate(long submissionId) {
        settle(submissionId, SendOutcome.INDETERMINATE);
    }

    private void settle(long submissionId, SendOutcome known) {
        Receipt receipt = open.remove(submissionId);
        if (receipt != null) {
            receipt.settle(known);
        }
    }

    /** The ring tells nothing any more. */
    void abandon() {
        List<Receipt> unknown = List.copyOf(open.values());
        open.clear();
        unknown.forEach(receipt -> receipt.settle(SendOutcome.INDETERMINATE));
    }
}
