package dev.ha4j.fencing.ipmi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.ipmi.IpmiFenceDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An off that is still under way must not hit a node that was switched on in the meantime. */
class LatePowerTest {

    private static final Duration PER_TRY = Duration.ofMillis(100);
    private static final int TRIES = 2;
    private static final Duration QUIET = PER_TRY.multipliedBy(TRIES + 1);

    @TempDir
    Path directory;

    private IpmiRig rig;
    private IpmiFenceDevice device;

    @BeforeEach
    void setUp() throws IOException {
        rig = new IpmiRig(directory, 17);
        device = rig.device().tries(TRIES, PER_TRY);
    }

    @AfterEach
    void tearDown() {
        rig.close();
    }

    @Test
    void afterAnUnansweredOffOnWaitsUntilThePowerHasHeldStill() {
        rig.bmc().faults().losesOrderAnswers(true);
        assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Unknown.class);
        assertThat(rig.commandsReceived()).isEqualTo(TRIES);
        rig.heal();

        long startNanos = System.nanoTime();
        assertThat(device.on(Requests.ample())).isInstanceOf(FenceResult.Confirmed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(QUIET);
        assertThat(rig.isOn()).isTrue();
    }

    @Test
    void onIsNotSentIfThereIsNoTimeToWait() {
        rig.bmc().faults().losesOrderAnswers(true);
        assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Unknown.class);
        rig.heal();
        int before = rig.commandsReceived();

        assertThat(device.on(Requests.within(QUIET.dividedBy(2)))).isNotInstanceOf(FenceResult.Confirmed.class);
        assertThat(rig.commandsReceived()).isEqualTo(before);
    }

    @Test
    void onIsNotSentWhileThePowerIsNotSteady() {
        rig.bmc().faults().losesOrderAnswers(true);
        assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Unknown.class);
        rig.heal();
        rig.turn(true);
        rig.bmc().faults().flickers(true);
        int before = rig.commandsReceived();

        assertThat(device.on(Requests.ample())).isInstanceOf(FenceResult.Failed.class);
        assertThat(rig.commandsReceived()).isEqualTo(before);
    }

    @Test
    void aDefiniteNoIsAFailureAndAnErrorIsNot() {
        rig.bmc().faults().refusesOrders();
        assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Failed.class);
        rig.bmc().faults().failsOrders();
        assertThat(device.timeout(Duration.ofSeconds(1)).off(Requests.ample())).isInstanceOf(FenceResult.Unknown.class);
    }
}
