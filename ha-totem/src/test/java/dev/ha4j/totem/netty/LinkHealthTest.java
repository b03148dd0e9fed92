package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkHealthTest {

    private static final long INTERVAL = 50_000_000;
    private static final long TIMEOUT = 125_000_000;
    private static final long ROUND_TRIP = 1_000_000;

    private final LinkHealth health = new LinkHealth(INTERVAL, TIMEOUT, 2, 0);
    private long now;

    @Test
    void comesUpAfterTwoAnswersAndDownWithoutAny() {
        pings(1, true);
        assertThat(health.isUp()).isFalse();
        pings(1, true);
        assertThat(health.isUp()).isTrue();
        assertThat(health.roundTripNanos()).isEqualTo(ROUND_TRIP);
        pings(1, false);
        assertThat(health.isUp()).isTrue();
        pings(1, false);
        assertThat(health.isUp()).isFalse();
        assertThat(health.downs()).isEqualTo(1);
    }

    @Test
    void aFlappingLinkIsTrustedEverLater() {
        assertThat(answersUntilUp()).isEqualTo(2);
        pings(3, false);
        assertThat(answersUntilUp()).isEqualTo(4);
        pings(3, false);
        assertThat(answersUntilUp()).isEqualTo(8);
        pings(300, true);
        pings(3, false);
        assertThat(answersUntilUp()).isEqualTo(4);
    }

    @Test
    void answersThatCameTooLateProveNothing() {
        health.pinged(0);
        health.answered(0, TIMEOUT + 1);
        health.answered(5, 4);
        assertThat(health.roundTripNanos()).isZero();
    }

    @Test
    void lossIsTheShareOfPingsWithoutAnswer() {
        for (int i = 0; i < 400; i++) {
            pings(1, i % 4 != 0);
        }
        assertThat(health.loss()).isBetween(0.15, 0.35);
    }

    private int answersUntilUp() {
        int answers = 0;
        while (!health.isUp()) {
            pings(1, true);
            answers++;
        }
        return answers;
    }

    private void pings(int count, boolean answered) {
        for (int i = 0; i < count; i++) {
            assertThat(health.isDue(now)).isTrue();
            health.pinged(now);
            if (answered) {
                health.answered(now, now + ROUND_TRIP);
            }
            now += INTERVAL;
            health.goesDown(now);
        }
    }
}
