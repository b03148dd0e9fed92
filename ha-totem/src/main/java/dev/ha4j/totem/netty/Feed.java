package dev.ha4j.totem.netty;

import dev.ha4j.totem.Lane;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.SubmissionBuffer.Pending;
import java.util.ArrayDeque;

/** Gives the ring what threads have handed over in one lane, as far as it has room. On the loop only. */
final class Feed {

    private final Lane lane;
    private final SubmissionBuffer buffer;
    private final Receipts receipts;
    private ArrayDeque<Pending> taken = new ArrayDeque<>();

    Feed(Lane lane, SubmissionBuffer buffer, Receipts receipts) {
        this.lane = lane;
        this.buffer = buffer;
        this.receipts = receipts;
    }

    void into(TotemRing ring, long nowNanos) {
        while (hasNext() && accepts(ring, taken.getFirst(), nowNanos)) {
            taken.removeFirst();
        }
    }

    private boolean hasNext() {
        if (taken.isEmpty() && !buffer.isEmpty()) {
            taken = buffer.take(taken);
        }
        return !taken.isEmpty();
    }

    private boolean accepts(TotemRing ring, Pending next, long nowNanos) {
        Submission answer = ring.submit(lane, next.guarantee(), next.payload(), nowNanos);
        if (!(answer instanceof Submission.Accepted accepted)) {
            return false;
        }
        if (next.receipt() != null) {
            receipts.expect(accepted.id(), next.receipt());
        }
        return true;
    }

    boolean isEmpty() {
        return taken.isEmpty() && buffer.isEmpty();
    }

    /** Nothing of what is left will be sent; how many were left of which nobody asked to be told. The buffer is closed. */
    int abandon() {
        ArrayDeque<Pending> left = taken;
        left.addAll(buffer.take(new ArrayDeque<>()));
        taken = new ArrayDeque<>();
        int untold = 0;
        for (Pending pending : left) {
            if (pending.receipt() == null) {
                untold++;
            } else {
                pending.receipt().unsent();
            }
        }
        return untold;
    }
}
