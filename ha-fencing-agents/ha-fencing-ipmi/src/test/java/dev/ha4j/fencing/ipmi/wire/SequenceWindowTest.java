package dev.ha4j.fencing.ipmi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceWindowTest {

    private final SequenceWindow window = new SequenceWindow();

    @Test
    void zeroIsNoNumber() {
        assertThat(window.accept(0)).isFalse();
    }

    @Test
    void aNumberIsAcceptedOnce() {
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(1)).isFalse();
    }

    @Test
    void aNumberMayComeLateButNotTooLate() {
        assertThat(window.accept(100)).isTrue();
        assertThat(window.accept(100 - SequenceWindow.BEHIND)).isTrue();
        assertThat(window.accept(100 - SequenceWindow.BEHIND - 1)).isFalse();
    }

    @Test
    void numbersAreUnsigned() {
        assertThat(window.accept(Integer.MAX_VALUE)).isTrue();
        assertThat(window.accept(Integer.MIN_VALUE)).isTrue();
        assertThat(window.accept(-1)).isTrue();
        assertThat(window.accept(5)).isFalse();
    }

    @Test
    void itAgreesWithASetOfAllThatWasSeen() {
        Random random = new Random(7);
        Set<Integer> seen = new HashSet<>();
        int highest = 0;
        for (int i = 0; i < 10_000; i++) {
            int number = Math.max(1, highest - 40 + random.nextInt(45));
            boolean expected = highest - number <= SequenceWindow.BEHIND && seen.add(number);
            assertThat(window.accept(number))
                    .as("number %d after %d", number, highest)
                    .isEqualTo(expected);
            highest = Math.max(highest, number);
        }
    }
}
