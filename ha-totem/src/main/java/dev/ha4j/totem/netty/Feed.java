package dev.ha4j.totem.netty;

import dev.ha4j.totem.Submission;
import dev.ha4j.totem.TotemRing;
import java.util.ArrayDeque;

/** Gives the ring what threads have submitted, as far as it has room. On the loop only. */
final class Feed {

    private final SubmissionBuffer submissions;
    private ArrayDeque<SubmissionBuffer.Pending> taken = new ArrayDeque<>();

    Feed(SubmissionBuffer submissions) {
        this.submissions = submissions;
    }

    void into(TotemRing ring, long nowNanos) {
        for (; ; ) {
            if (taken.isEmpty()) {
                taken = submissions.take(taken);
            }
            SubmissionBuffer.Pending next = taken.peekFirst();
            if (next == null || !accepts(ring, next, nowNanos)) {
                return;
            }
            taken.removeFirst();
        }
    }

    private static boolean accepts(TotemRing ring, SubmissionBuffer.Pending next, long nowNanos) {
        return ring.submit(next.lane(), next.guarantee(), next.payload(), nowNanos) instanceof Submission.Accepted;
    }
}
