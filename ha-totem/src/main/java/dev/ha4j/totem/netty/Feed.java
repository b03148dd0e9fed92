package dev.ha4j.totem.netty;

import dev.ha4j.totem.Lane;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.TotemRing;
import java.util.ArrayDeque;

/** Gives the ring what threads have handed over in one lane, as far as it has room. On the loop only. */
final class Feed {

    private final Lane lane;
    private final SubmissionBuffer buffer;
    private ArrayDeque<SubmissionBuffer.Pending> taken = new ArrayDeque<>();

    Feed(Lane lane, SubmissionBuffer buffer) {
        this.lane = lane;
        this.buffer = buffer;
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

    private boolean accepts(TotemRing ring, SubmissionBuffer.Pending next, long nowNanos) {
        return ring.submit(lane, next.guarantee(), next.payload(), nowNanos) instanceof Submission.Accepted;
    }
}
