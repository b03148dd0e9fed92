package dev.ha4j.fencing.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.fencing.kit.SwitchDevice.Flaw;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit can see: each flaw is caught by the case that is meant for it. */
class FlawedDeviceTest {

    private static final Map<Flaw, Consumer<FenceDeviceKit>> CASES = Map.of(
            Flaw.TRUSTS_THE_ANSWER, FenceDeviceKit::anAcceptedCommandIsNoProof,
            Flaw.TRUSTS_ONE_READING, FenceDeviceKit::oneReadingIsNoProof,
            Flaw.TAKES_SILENCE_FOR_OFF, FenceDeviceKit::silenceIsUnknown,
            Flaw.TAKES_SILENCE_FOR_FAILURE, FenceDeviceKit::lostAnswersAreNoFailure,
            Flaw.IGNORES_THE_IDENTITY, FenceDeviceKit::aWrongMachineIsLeftAlone,
            Flaw.SWITCHES_IN_CHECK, FenceDeviceKit::aHealthyPathHasNoFindingsAndIsNotSwitched,
            Flaw.SWALLOWS_INTERRUPTS, FenceDeviceKit::anInterruptIsUnknownAndIsKept,
            Flaw.IGNORES_THE_TARGET, FenceDeviceKit::aNodeThatTheDeviceIsNotWiredToIsRefused,
            Flaw.IGNORES_THE_DEADLINE, FenceDeviceKit::afterTheDeadlineNothingIsBegun,
            Flaw.SHOWS_THE_SECRET, FenceDeviceKit::secretsAreNeverShown);

    static Stream<Arguments> cases() {
        return CASES.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aFlawIsCaught(Flaw flaw, Consumer<FenceDeviceKit> kitCase) throws Exception {
        FenceDeviceKit kit = new FenceDeviceKit() {
            @Override
            protected FenceRig newRig() {
                return new SwitchRig(rig -> new SwitchDevice(rig, flaw));
            }
        };
        kit.setUp();
        assertThatThrownBy(() -> kitCase.accept(kit)).isInstanceOf(AssertionError.class);
        kit.tearDown();
    }
}
