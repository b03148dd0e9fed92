package dev.ha4j.controller.fencing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void waitDoublesUpToALimit() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(BackOff::after).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(BackOff.after(Integer.MAX_VALUE)).isEqualTo(BackOff.LONGEST);
    }

    @Test
    void aNewEpochTriesAtOnceAtFirstAndThenWaits() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(BackOff::inNewEpoch).map(Duration::toSeconds))
                .containsExactly(0L, 0L, 0L, 1L, 2L, 4L, 8L, 8L);
        assertThat(BackOff.inNewEpoch(Integer.MAX_VALUE)).isEqualTo(ofSeconds(8));
    }
}
