package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubtTest {

    private static final long MILLI = 1_000_000;
    private static final long WAIT = 3 * MILLI;
    private static final long MEMORY = 10_000 * MILLI;
    private static final long NEAR = MILLI / 10;

    private final Doubt doubt = new Doubt(WAIT, MEMORY);
    private long now = 1_000_000 * MILLI;

    @Test
    void whoIsReportedTwiceAndSaysNothingIsRefused() {
        assertThat(waitOf(NEAR, true)).isEqualTo(WAIT);
        assertThat(doubt.isRefused()).isTrue();
        doubt.heard(now);
        assertThat(doubt.isRefused()).isFalse();
    }

    @Test
    void oneReportProvesNothing() {
        assertThat(waitOf(NEAR, false)).isEqualTo(WAIT);
        assertThat(doubt.isRefused()).isFalse();
    }

    @Test
    void theWaitIsLongerWhereAnswersTakeLonger() {
        assertThat(waitOf(5 * MILLI, true)).isEqualTo(10 * MILLI);
    }

    /** A death must not be seen much later because the one who died had just started, and was slow. */
    @Test
    void theWaitIsBoundedWhateverAnswersTook() {
        assertThat(waitOf(50 * MILLI, true)).isEqualTo(4 * WAIT);
    }

    /** Three of them, or of the answers, may be lost, and the fourth still has the time that an answer takes. */
    @Test
    void fourQuestionsAreAskedInTheFirstHalf() {
        long answer = 5 * MILLI;
        long opened = now;
        doubt.reported(answer, now);
        int questions = 0;
        long lastAsked = now;
        while (!doubt.becomesRefused(now) && now - opened < 2 * answer) {
            if (doubt.takeQuestion(now)) {
                questions++;
                lastAsked = now;
            }
            now += MILLI / 10;
        }
        assertThat(questions).isEqualTo(4);
        assertThat(now - lastAsked).isGreaterThanOrEqualTo(answer);
    }

    @Test
    void whoReportsFalselyIsBelievedLater() {
        for (int doublings = 0; doublings < 10; doublings++) {
            doubt.reported(NEAR, now);
            now += MILLI;
            doubt.heard(now);
            now += 200 * MILLI;
        }
        assertThat(waitOf(NEAR, true)).isEqualTo(32 * WAIT);
    }

    @Test
    void falseReportsAreForgotten() {
        doubt.reported(NEAR, now);
        doubt.heard(now);
        now += MEMORY + 1;
        assertThat(waitOf(NEAR, true)).isEqualTo(WAIT);
    }

    /** A peer dies with its last packets unread in this node's socket: each of them dispels a doubt. */
    @Test
    void whatWasReceivedBeforeTheReportDelaysItLittle() {
        for (int packet = 0; packet < 1_000; packet++) {
            doubt.reported(NEAR, now);
            doubt.heard(now);
            now += MILLI / 1_000;
        }
        assertThat(waitOf(NEAR, true)).isEqualTo(2 * WAIT);
    }

    @Test
    void reportsMayCountForNothing() {
        Doubt deaf = new Doubt(0, MEMORY);
        deaf.reported(NEAR, now);
        deaf.reported(NEAR, now);
        assertThat(deaf.takeQuestion(now)).isFalse();
        assertThat(deaf.becomesRefused(now + MEMORY)).isFalse();
    }

    /** From the first report until it is judged; it is looked at when it says so. */
    private long waitOf(long answerNanos, boolean again) {
        long opened = now;
        doubt.reported(answerNanos, now);
        if (again) {
            doubt.reported(answerNanos, now);
        }
        while (doubt.deadlineNanos() != Long.MAX_VALUE) {
            now = doubt.deadlineNanos();
            if (!doubt.takeQuestion(now)) {
                assertThat(doubt.becomesRefused(now)).isEqualTo(again);
            }
        }
        return now - opened;
    }
}
