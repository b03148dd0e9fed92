package dev.ha4j.totem.netty;

/**
 * Whether a peer's host refuses what goes there over one link.
 *
 * <p>One report proves little (a peer that has just restarted, a forged ICMP). So the first opens a doubt: the peer is asked to
 * answer at once, several times in case something is lost, and counts as refused if a second report comes and nothing is heard
 * within the wait. The wait leaves every question the time that an answer may take on this path. Each doubt that the peer
 * dispels makes the next last twice as long, up to a bound: who reports falsely does it again, and a peer that lives may be busy
 * for a moment. On the loop only.
 */
final class Doubt {

    /** As often as a token is sent before it is lost. Linux answers six times at once; the first report has used one. */
    private static final int QUESTIONS = 4;

    private static final int MAX_DOUBLINGS = 5;

    /** How many times as long it may be because of the path: a process that has just started answers as from far away. */
    private static final int MOST_FOR_THE_PATH = 4;

    private final long leastWaitNanos;
    private final long memoryNanos;
    private boolean open;
    private boolean refusedAgain;
    private boolean refused;
    private long openedNanos;
    private long waitNanos;
    private int asked;
    private int doublings;
    private long dispelledNanos;

    /**
     * Of a peer that nobody has reported.
     *
     * @param leastWaitNanos how long it has to answer at least; zero if reports count for nothing
     * @param memoryNanos how long a dispelled doubt is remembered
     */
    Doubt(long leastWaitNanos, long memoryNanos) {
        this.leastWaitNanos = leastWaitNanos;
        this.memoryNanos = memoryNanos;
    }

    /**
     * A report that nobody listens there.
     *
     * @param answerNanos how long an answer may take on this path; zero if that is not known
     */
    void reported(long answerNanos, long nowNanos) {
        if (open) {
            refusedAgain = true;
        } else if (!refused && leastWaitNanos > 0) {
            doublings = nowNanos - dispelledNanos > memoryNanos ? 0 : doublings;
            open = true;
            refusedAgain = false;
            asked = 0;
            openedNanos = nowNanos;
            waitNanos = Math.max(leastWaitNanos, Math.min(2 * answerNanos, MOST_FOR_THE_PATH * leastWaitNanos))
                    << doublings;
        }
    }

    /** Whether the peer must be asked now. */
    boolean takeQuestion(long nowNanos) {
        boolean due = open && asked < QUESTIONS && nextQuestionNanos() - nowNanos <= 0;
        asked += due ? 1 : 0;
        return due;
    }

    /** All questions are asked in the first half of the wait, so that the last may still be answered in the second. */
    private long nextQuestionNanos() {
        return openedNanos + waitNanos / 2 * asked / (QUESTIONS - 1);
    }

    /** The peer lives. What was in this node's socket before the report was may say so, too: that counts once in a wait. */
    void heard(long nowNanos) {
        refused = false;
        if (open) {
            open = false;
            if (doublings == 0 || nowNanos - dispelledNanos >= waitNanos) {
                doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
                dispelledNanos = nowNanos;
            }
        }
    }

    /** Ends a doubt whose time is over; true if the peer has thereby become refused. */
    boolean becomesRefused(long nowNanos) {
        if (!open || openedNanos + waitNanos - nowNanos > 0) {
            return false;
        }
        open = false;
        refused = refusedAgain;
        return refused;
    }

    boolean isRefused() {
        return refused;
    }

    /** When there is something to ask or to judge. */
    long deadlineNanos() {
        if (!open) {
            return Long.MAX_VALUE;
        }
        return asked < QUESTIONS ? nextQuestionNanos() : openedNanos + waitNanos;
    }
}
