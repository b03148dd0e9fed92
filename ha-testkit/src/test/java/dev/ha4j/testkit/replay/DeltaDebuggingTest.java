package dev.ha4j.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeltaDebuggingTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void findsExactlyWhatIsNeeded() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 200; run++) {
            TreeSet<Integer> needed =
                    random.ints(random.nextInt(6), 0, 100).boxed().collect(Collectors.toCollection(TreeSet::new));
            assertThat(DeltaDebugging.minimize(HUNDRED, list -> list.containsAll(needed)))
                    .containsExactlyElementsOf(needed);
        }
    }

    @Test
    void singleCulpritTakesAboutTheLogarithm() {
        AtomicInteger trials = new AtomicInteger();
        DeltaDebugging.minimize(HUNDRED, list -> {
            trials.incrementAndGet();
            return list.contains(71);
        });
        assertThat(trials).hasValueLessThan(25);
    }

    @Test
    void nothingIsLeftOutWhereAllIsNeeded() {
        assertThat(DeltaDebugging.minimize(HUNDRED, list -> list.size() == 100)).isEqualTo(HUNDRED);
    }

    @Test
    void nothingIsKeptWhereNothingIsNeeded() {
        assertThat(DeltaDebugging.minimize(HUNDRED, list -> true)).isEmpty();
    }
}
