package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Notices when a token is lent, so that something can happen to those who take part, in the middle of that. */
public final class Loans implements TraceListener {

    /** Who has waited for so long for a loan has missed it: the ring has other troubles. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** Only an idle or quiet ring lends its token, and only to who has something to send. */
    private static final long BETWEEN_SENDINGS_NANOS = 300_000_000L;

    private final VirtualTime time;
    private final Runnable sending;
    private final Deque<Waiting> forNext = new ArrayDeque<>();

    /** Who has sent the token of a ring to whom, out of turn. */
    public record Loan(RingId ring, NodeId lender, NodeId borrower) {}

    private record Waiting(long untilNanos, Consumer<Loan> task) {}

    /**
     * Loans of a world's ring.
     *
     * @param sending has some node send something; called now and then while a loan is waited for
     */
    public Loans(VirtualTime time, Runnable sending) {
        this.time = time;
        this.sending = sending;
    }

    /** The task gets the next loan, once, while the token is on its way to the borrower. */
    public void next(Consumer<Loan> task) {
        forNext.addLast(new Waiting(time.now() + PATIENCE_NANOS, task));
        if (forNext.size() == 1) {
            time.after(BETWEEN_SENDINGS_NANOS, this::send);
        }
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.TokenLent lent && !forNext.isEmpty()) {
            lent(new Loan(lent.ring(), step.nodeId(), lent.borrower()));
        }
    }

    private void send() {
        forNext.removeIf(this::isOver);
        if (!forNext.isEmpty()) {
            sending.run();
            time.after(BETWEEN_SENDINGS_NANOS, this::send);
        }
    }

    private void lent(Loan loan) {
        forNext.removeIf(this::isOver);
        if (!forNext.isEmpty()) {
            forNext.removeFirst().task().accept(loan);
        }
    }

    private boolean isOver(Waiting waiting) {
        return waiting.untilNanos() < time.now();
    }
}
