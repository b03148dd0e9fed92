package dev.ha4j.totem.security.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

    /** Against a set that forgets nothing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void acceptsEachCounterOfTheWindowOnce(long seed) {
        Random random = new Random(seed);
        ReplayWindow window = new ReplayWindow();
        TreeSet<Long> accepted = new TreeSet<>();
        long highest = -1;
        for (int i = 0; i < 50_000; i++) {
            long counter =
                    Math.max(0, highest + random.nextInt(3 * ReplayWindow.SIZE) / (random.nextInt(200) + 1) - 300);
            boolean expected = counter > highest - ReplayWindow.SIZE && !accepted.contains(counter);
            assertThat(window.mayAccept(counter)).as("counter %d", counter).isEqualTo(expected);
            if (expected) {
                window.accept(counter);
                accepted.add(counter);
                highest = Math.max(highest, counter);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 8_191, 8_192, 1L << 40, Long.MAX_VALUE})
    void acceptsAnyFirstCounterOnce(long counter) {
        ReplayWindow window = new ReplayWindow();
        assertThat(window.mayAccept(counter)).isTrue();
        window.accept(counter);
        assertThat(window.mayAccept(counter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -96, -8_192, Long.MIN_VALUE})
    void refusesWhatNobodyCountsTo(long counter) {
        ReplayWindow window = new ReplayWindow();
        assertThat(window.mayAccept(counter)).isFalse();
        window.accept(0);
        assertThat(window.mayAccept(counter)).isFalse();
    }
}
