package dev.ha4j.architecture;

import java.time.Instant;
import java.util.Random;
import java.util.Set;

/** One small sin for each rule of {@link Impurity}. */
@SuppressWarnings({"JavaTimeDefaultTimeZone", "UnusedVariable"})
final class Culprits {
    private Culprits() {}

    static final class Clock {
        Instant read() {
            return Instant.now();
        }
    }

    static final class Dice {
        int roll() {
            return new Random().nextInt();
        }
    }

    static final class Order {
        Set<String> shuffle(Set<String> names) {
            return Set.copyOf(names);
        }
    }

    static final class Identity {
        int of(Object o) {
            return System.identityHashCode(o);
        }
    }
}
