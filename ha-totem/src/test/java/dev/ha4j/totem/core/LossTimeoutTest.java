package dev.ha4j.totem.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long to wait for a token, by the rotations that were seen. */
class LossTimeoutTest {

    private static final long MILLI = 1_000_000L;
    private static final long CEILING = 1_000 * MILLI;
    private static final long FLOOR = 200 * MILLI;

    private final LossTimeout timeout = new LossTimeout(config(Duration.ofNanos(FLOOR)));
    private long now;

    private static RingConfig config(Duration floor) {
        return RingConfig.builder()
                .nodes(List.of(NodeId.of(1), NodeId.of(2)))
                .time(RingTime.DETECTION_FLOOR, floor)
                .build();
    }

    private void rotate(int times, long eachNanos) {
        for (int i = 0; i < times; i++) {
            now += eachNanos;
            timeout.rotated(eachNanos, now);
        }
    }

    @Test
    void aRingThatNothingIsKnownOfHasTheWholeTokenTimeout() {
        assertThat(timeout.nanos()).isEqualTo(CEILING);
        timeout.forming(now);
        rotate(100, MILLI);
        assertThat(timeout.nanos()).isEqualTo(CEILING);
    }

    @Test
    void aFastRingComesDownToTheFloorAndNotBelow() {
        timeout.forming(now);
        rotate(2_000, MILLI);
        assertThat(timeout.nanos()).isEqualTo(FLOOR);
    }

    @Test
    void aSlowRotationRaisesItAtOnceAndIsForgottenSlowly() {
        timeout.forming(now);
        rotate(2_000, MILLI);
        rotate(1, 150 * MILLI);
        long raised = timeout.nanos();
        assertThat(raised).isGreaterThan(4 * 150 * MILLI);
        rotate(1_000, MILLI);
        assertThat(timeout.nanos()).isBetween(raised * 9 / 10, raised - 1);
        rotate(120_000, MILLI);
        assertThat(timeout.nanos()).isEqualTo(FLOOR);
    }

    @Test
    void noRotationRaisesItAboveTheTokenTimeout() {
        timeout.forming(now);
        rotate(100, 900 * MILLI);
        assertThat(timeout.nanos()).isEqualTo(CEILING);
    }

    @Test
    void aTokenThatIsHeldOnPurposeIsNotSlow() {
        timeout.forming(now);
        rotate(2_000, config(Duration.ofNanos(FLOOR)).nanos(RingTime.HOLD) + MILLI);
        assertThat(timeout.nanos()).isEqualTo(FLOOR);
    }

    @Test
    void aRingThatWasGivenUpForNothingIsWaitedForLongerEachTime() {
        long first = backOffAfterAFalseAlarm();
        long second = backOffAfterAFalseAlarm();
        assertThat(second).isGreaterThan(first * 3 / 2);
    }

    private long backOffAfterAFalseAlarm() {
        timeout.forming(now);
        rotate(5_000, MILLI);
        while (timeout.nanos() == CEILING) {
            rotate(1, MILLI);
        }
        timeout.forming(now);
        timeout.installed(true, now);
        long began = now;
        rotate(2_000, MILLI);
        while (timeout.nanos() == CEILING) {
            rotate(1, MILLI);
        }
        return now - began;
    }

    @Test
    void aRingThatLostAMemberWasGivenUpRightly() {
        timeout.forming(now);
        rotate(2_000, MILLI);
        timeout.forming(now);
        timeout.installed(false, now);
        rotate(2_000, MILLI);
        assertThat(timeout.nanos()).isEqualTo(FLOOR);
    }

    @Test
    void withoutAFloorItIsTheTokenTimeout() {
        LossTimeout fixed = new LossTimeout(config(Duration.ofNanos(CEILING)));
        fixed.forming(0);
        for (int i = 1; i < 5_000; i++) {
            fixed.rotated(MILLI, i * MILLI);
        }
        assertThat(fixed.nanos()).isEqualTo(CEILING);
    }
}
