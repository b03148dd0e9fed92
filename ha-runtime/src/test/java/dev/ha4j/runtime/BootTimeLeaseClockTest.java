package dev.ha4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BootTimeLeaseClockTest {

    private static final long SECOND = 1_000_000_000;

    private long monotonic = 5 * SECOND;
    private long boot = 100 * SECOND;
    private boolean readable = true;
    private final BootTimeLeaseClock clock = new BootTimeLeaseClock(
            () -> monotonic, () -> readable ? OptionalLong.of(boot) : OptionalLong.empty(), () -> {});

    private void run(long nanos) {
        monotonic += nanos;
        boot += nanos;
    }

    @Test
    void isNanoTimeWhileNothingIsSuspended() {
        run(SECOND);
        boot += 10_000_000;
        assertThat(clock.nanoTime()).isEqualTo(monotonic);
        assertThat(clock.suspendedNanos()).isZero();
    }

    @Test
    void countsSuspendedTime() {
        run(SECOND);
        boot += 30 * SECOND;
        assertThat(clock.nanoTime()).isEqualTo(monotonic + 30 * SECOND);
        run(SECOND);
        assertThat(clock.nanoTime()).isEqualTo(monotonic + 30 * SECOND);
    }

    @Test
    void aSecondClockThatIsSetBackHidesNoLaterSuspension() {
        run(SECOND);
        boot -= 60 * SECOND;
        assertThat(clock.nanoTime()).isEqualTo(monotonic);
        run(SECOND);
        boot += 10 * SECOND;
        assertThat(clock.nanoTime()).isEqualTo(monotonic + 10 * SECOND);
    }

    @Test
    void goesOnWithoutTheSecondClock() {
        readable = false;
        run(SECOND);
        assertThat(clock.nanoTime()).isEqualTo(monotonic);
    }

    @Test
    void aThreadThatWaitsBetweenTheReadingsIsNoSuspension() {
        BootTimeLeaseClock interrupted = new BootTimeLeaseClock(
                () -> monotonic,
                () -> {
                    run(SECOND / 4);
                    return OptionalLong.of(boot);
                },
                () -> {});
        for (int i = 0; i < 10; i++) {
            run(SECOND);
            interrupted.nanoTime();
        }
        assertThat(interrupted.suspendedNanos()).isZero();

        boot += SECOND;
        run(SECOND);
        interrupted.nanoTime();
        assertThat(interrupted.suspendedNanos()).isGreaterThanOrEqualTo(SECOND);
    }

    @Test
    void thisMachinesClockNeverGoesBack() {
        try (BootTimeLeaseClock real = BootTimeLeaseClock.open()) {
            long before = real.nanoTime();
            for (int i = 0; i < 10_000; i++) {
                long now = real.nanoTime();
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
            assertThat(real.suspendedNanos()).isZero();
        }
    }
}
