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
        assertThat(size.deadlineNanos()).isGreaterThan(now + 100 * INTERVAL);
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
