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
        assertThat(size.deadlineNanos()).as("something smaller").isEqualTo(now + INTERVAL);
    }

    @Test
    void findsWhatTheNetworkInBetweenCarries() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        assertThat(ask(size, 1_472, 200)).isLessThan(30);
        assertThat(size.provenBytes()).isEqualTo(1_452);
    }

    @Test
    void whatIsProvenStaysWhileMoreIsAskedFor() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        ask(size, 8_500, 200);
        assertThat(size.provenBytes()).isEqualTo(8_452);
        int questions = ask(size, 8_500, 100 * 300);
        assertThat(questions)
                .as("a proof each, and nine for more each tenth time")
                .isBetween(150, 250);
        assertThat(size.provenBytes()).isEqualTo(8_452);
        ask(size, JUMBO, 15 * 300);
        assertThat(size.provenBytes()).isEqualTo(JUMBO);
    }

    @Test
    void aPathThatNarrowsIsFollowedDownwards() {
        PathSize size = new PathSize(SAFE, JUMBO, INTERVAL, 0);
        ask(size, JUMBO, 200);
        assertThat(size.doubt(200 * INTERVAL)).isTrue();
        ask(size, 4_000, 30);
        assertThat(size.provenBytes()).isEqualTo(3_852);
    }

    /** All that it wants to ask for so long, of a path that answers at once if it carries the question; how many questions. */
    private static int ask(PathSize size, int carriedBytes, int intervals) {
        long from = size.deadlineNanos();
        int questions = 0;
        for (long now = from; now - from < intervals * INTERVAL; now = size.deadlineNanos()) {
            int bytes = size.ask(now);
            questions++;
            if (bytes <= carriedBytes) {
                size.answered(bytes, now);
            }
        }
        return questions;
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
        assertThat(questions).as("21 each time").isBetween(700, 850);
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
