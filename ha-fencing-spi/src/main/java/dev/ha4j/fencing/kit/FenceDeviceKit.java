package dev.ha4j.fencing.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.FenceResult.Confirmed;
import dev.ha4j.fencing.FenceResult.Failed;
import dev.ha4j.fencing.FenceResult.Unknown;
import dev.ha4j.fencing.PowerState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every fence device has to do, case by case. The one rule behind all of them: {@link Confirmed} only when the target
 * is off in truth, {@link Failed} only when nothing was done and nothing will be, {@link Unknown} for all the rest; and an
 * answer before the deadline.
 *
 * <p>Extend it, answer {@link #newRig}, and run it. A case whose fault the double can't make is reported as skipped.
 */
@SuppressWarnings("NullAway.Init") // The fields are set before each case.
public abstract class FenceDeviceKit {

    /** How long after its deadline a call may come back. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private FenceRig rig;
    private FenceRequests requests;

    /** For subclasses. */
    protected FenceDeviceKit() {}

    /** A healthy rig with its target on; a new one for each case. */
    protected abstract FenceRig newRig() throws Exception;

    /** Time enough for the device to fence a healthy double. */
    protected Duration ampleTime() {
        return Duration.ofSeconds(20);
    }

    /** Time for the cases in which the device waits in vain. */
    protected Duration scarceTime() {
        return Duration.ofMillis(400);
    }

    @BeforeEach
    void setUp() throws Exception {
        rig = newRig();
        requests = new FenceRequests(rig.device().targets().iterator().next());
    }

    @AfterEach
    void tearDown() throws Exception {
        rig.device().close();
        rig.secondDevice().close();
        rig.close();
    }

    @Test
    void offIsConfirmedWhenTheTargetIsOff() {
        assertConfirmed(off(ample()));
    }

    @Test
    void offIsConfirmedWhenTheTargetWasOffAlready() {
        rig.turn(false);
        assertConfirmed(off(ample()));
    }

    @Test
    void offMayBeRepeated() {
        assertConfirmed(off(ample()));
        assertConfirmed(off(ample()));
    }

    @Test
    void anotherNodeMayRepeatIt() {
        assertConfirmed(off(ample()));
        assertConfirmed(rig.secondDevice().off(ample()));
    }

    @Test
    void aConfirmationSaysWhatItRestsOn() {
        Evidence evidence = assertConfirmed(off(ample())).evidence();
        assertEquals(rig.device().id(), evidence.deviceId(), "the evidence names the device");
        assertFalse(evidence.identity().isBlank(), "the evidence names the machine that was switched off");
        assertTrue(evidence.observations().size() >= 2, "the evidence shows what was read");
    }

    @Test
    void theLevelIsTheOneThatTheDeviceStands() {
        assertEquals(rig.device().proofLevel(), assertConfirmed(off(ample())).level());
    }

    @Test
    void onIsConfirmedWhenTheTargetIsOnOrFailsWhereItCannot() {
        assertConfirmed(off(ample()));
        FenceResult result = rig.device().on(ample());
        assertTrue(result instanceof Failed || (result instanceof Confirmed && rig.isOn()), () -> "on: " + result);
    }

    @Test
    void statusTellsAndDoesNotSwitch() {
        assertEquals(PowerState.ON, rig.device().status(ample()));
        rig.turn(false);
        assertEquals(PowerState.OFF, rig.device().status(ample()));
        assertEquals(0, rig.commandsReceived(), "status switches nothing");
    }

    @Test
    void aHealthyPathHasNoFindingsAndIsNotSwitched() {
        assertEquals(0, rig.device().check(ample()).size(), "findings of a healthy path");
        assertTrue(rig.isOn(), "check leaves the target on");
        assertEquals(0, rig.commandsReceived(), "check switches nothing");
    }

    @Test
    void aWrongMachineIsLeftAlone() {
        assertEquals(0, rig.device().check(ample()).size(), "findings before the machines were swapped");
        inject(Fault.WRONG_IDENTITY);
        assertRefusedUntouched(off(ample()));
        assertFalse(rig.device().check(ample()).isEmpty(), "check reports the wrong machine");
    }

    @Test
    void anAcceptedCommandIsNoProof() {
        inject(Fault.IGNORES_COMMANDS);
        assertUnknown(off(scarce()));
    }

    @Test
    void oneReadingIsNoProof() {
        inject(Fault.IGNORES_COMMANDS);
        inject(Fault.FLICKERS);
        assertUnknown(off(scarce()));
    }

    @Test
    void anErrorIsNotConfirmed() {
        inject(Fault.FAILS_COMMANDS);
        assertNotConfirmed(off(scarce()));
        assertTrue(rig.isOn());
    }

    @Test
    void silenceIsUnknown() {
        inject(Fault.UNREACHABLE);
        assertUnknown(off(scarce()));
        assertEquals(PowerState.UNKNOWN, rig.device().status(scarce()), "silence is not off");
        assertFalse(rig.device().check(scarce()).isEmpty(), "check reports silence");
    }

    @Test
    void aSlowTargetIsUnknownAtTheDeadline() {
        inject(Fault.SLOW);
        assertUnknown(off(scarce()));
    }

    @Test
    void aLateEffectIsUnknown() {
        inject(Fault.ACTS_LATE);
        assertUnknown(off(scarce()));
    }

    @Test
    void lostAnswersAreNoFailure() {
        inject(Fault.LOSES_ANSWERS);
        FenceResult result = off(ample());
        assertFalse(result instanceof Failed, () -> "the target was switched off, but: " + result);
        assertFalse(result instanceof Confirmed && rig.isOn(), () -> "the target is on, but: " + result);
    }

    @Test
    void revokedCredentialsFailAndAreFoundByCheck() {
        inject(Fault.CREDENTIALS_REVOKED);
        assertRefusedUntouched(off(ample()));
        assertFalse(rig.device().check(ample()).isEmpty(), "check reports credentials that are refused");
    }

    @Test
    void aLackOfPrivilegeFailsAndIsFoundByCheck() {
        inject(Fault.LACKS_PRIVILEGE);
        assertRefusedUntouched(off(ample()));
        assertFalse(rig.device().check(ample()).isEmpty(), "check reports a lack of privilege");
    }

    @Test
    void afterTheDeadlineNothingIsBegun() {
        assertUnknown(off(requests.within(Duration.ZERO)));
        assertEquals(0, rig.commandsReceived(), "commands after the deadline");
    }

    @Test
    void anInterruptIsUnknownAndIsKept() {
        Thread.currentThread().interrupt();
        FenceResult result = rig.device().off(ample());
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertInstanceOf(Unknown.class, result);
    }

    @Test
    void aNodeThatTheDeviceIsNotWiredToIsRefused() {
        FenceDevice device = rig.device();
        FenceRequest request = new FenceRequests("no-such-node").within(ampleTime());
        assertRefusedUntouched(device.off(request));
    }

    @Test
    void aHealedPathFencesAgain() {
        inject(Fault.UNREACHABLE);
        assertUnknown(off(scarce()));
        rig.heal();
        assertConfirmed(off(ample()));
    }

    @Test
    void secretsAreNeverShown() {
        assertShowsNoSecret(rig.device().toString());
        assertShowsNoSecret(off(ample()).toString());
        rig.turn(true);
        for (Fault fault : Fault.values()) {
            if (rig.inject(fault)) {
                assertShowsNoSecret(off(scarce()).toString());
                assertShowsNoSecret(rig.device().check(scarce()).toString());
                rig.heal();
            }
        }
    }

    private void inject(Fault fault) {
        assumeTrue(rig.inject(fault), () -> "this double can't make the fault " + fault);
    }

    private FenceRequest ample() {
        return requests.within(ampleTime());
    }

    private FenceRequest scarce() {
        return requests.within(scarceTime());
    }

    private FenceResult off(FenceRequest request) {
        Duration given = request.deadline().remaining();
        long startNanos = System.nanoTime();
        FenceResult result = rig.device().off(request);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
        assertTrue(
                taken.compareTo(given.plus(GRACE)) < 0,
                () -> "the answer took " + taken + " although the deadline was in " + given);
        return result;
    }

    private Confirmed assertConfirmed(FenceResult result) {
        Confirmed confirmed = assertInstanceOf(Confirmed.class, result, result.toString());
        assertFalse(rig.isOn(), "off was confirmed, but the target is on");
        return confirmed;
    }

    private void assertNotConfirmed(FenceResult result) {
        assertFalse(result instanceof Confirmed, () -> "nothing is proven, but: " + result);
    }

    private static void assertUnknown(FenceResult result) {
        assertInstanceOf(Unknown.class, result, result.toString());
    }

    private void assertRefusedUntouched(FenceResult result) {
        assertInstanceOf(Failed.class, result, result.toString());
        assertEquals(0, rig.commandsReceived(), "commands that reached the target");
        assertTrue(rig.isOn(), "the target is left on");
    }

    private void assertShowsNoSecret(String text) {
        for (String secret : rig.secrets()) {
            assertFalse(text.contains(secret), "a secret is shown");
        }
    }
}
