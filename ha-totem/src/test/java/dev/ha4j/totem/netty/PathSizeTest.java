package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathSizeTest {

    private static final int SAFE = 1_343;
    private static final int JUMBO = 8_972;
    private static final long INTERVAL = 25_000_000;

    @Test
    void growsWhenTheLargeDatagramArrived() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        assertThat(size.provenBytes()).isEqualTo(SAFE);
        assertThat(size.isDue(0)).isTrue();
        assertThat(size.ask(0)).isEqualTo(JUMBO);
        assertThat(size.isDue(INTERVAL - 1)).isFalse();
        size.answered(JUMBO, INTERVAL);
        assertThat(size.provenBytes()).isEqualTo(JUMBO);
        assertThat(size.isDue(2 * INTERVAL)).isFalse();
    }

    @Test
    void anAnswerToAnotherQuestionProvesNothing() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        size.ask(0);
        size.answered(SAFE, 1);
        assertThat(size.provenBytes()).isEqualTo(SAFE);
    }

    @Test
    void shrinksWhenALargeDatagramNoLongerArrives() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        size.ask(0);
        size.answered(JUMBO, 0);
        long now = 0;
        int questions = 0;
        while (size.provenBytes() == JUMBO && questions < 100) {
            now = size.deadlineNanos();
            size.ask(now);
            questions++;
        }
        assertThat(questions).isEqualTo(6);
        assertThat(size.deadlineNanos()).isEqualTo(now + 25 * INTERVAL);
    }

    @Test
    void aPathThatIsNarrowIsAskedAboutEverMoreRarely() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        long now = 0;
        int questions = 0;
        for (; now < 10_000 * INTERVAL; now = size.deadlineNanos()) {
            size.ask(now);
            questions++;
        }
        assertThat(questions).isBetween(200, 250);
        assertThat(size.provenBytes()).isEqualTo(SAFE);
    }

    @Test
    void aDoubtIsAskedAboutAtOnceButNotAgainAndAgain() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        assertThat(size.doubt(0)).as("nothing is proven yet").isFalse();
        size.ask(0);
        size.answered(JUMBO, 0);
        assertThat(size.doubt(INTERVAL)).as("just proven").isFalse();
        long later = 20 * INTERVAL;
        assertThat(size.doubt(later)).isTrue();
        assertThat(size.isDue(later)).isTrue();
        size.ask(later);
        assertThat(size.doubt(later + 1)).as("asked already").isFalse();
        for (int unanswered = 1; unanswered <= 5; unanswered++) {
            size.ask(later + unanswered * INTERVAL);
        }
        assertThat(size.provenBytes()).isEqualTo(SAFE);
    }

    @Test
    void asksNothingWhereNothingLargerFits() {
        PathSize size = new PathSize(SAFE, 0, INTERVAL, 0);
        assertThat(size.isDue(Long.MAX_VALUE / 2)).isFalse();
        assertThat(size.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRotationFitsIntoTheReceiversSocket() {
        assertThat(ReceiveWindow.packets(212_992, 60_000)).isEqualTo(5);
        assertThat(ReceiveWindow.packets(4 << 20, 60_000)).isEqualTo(34);
        assertThat(ReceiveWindow.packets(4 << 20, 1_400)).isEqualTo(1_497);
        assertThat(ReceiveWindow.packets(1, 60_000)).isEqualTo(4);
    }
}
