package dev.ha4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new life proves of the end of an earlier one. */
class IncarnationTest {

    private static final Incarnation EARLIER = new Incarnation("machine", "boot", "directory", 1);

    @ParameterizedTest
    @CsvSource({
        "machine, boot,         directory, PROCESS_KILLED",
        "machine, boot,         copy,      NONE",
        "machine, other-boot,   directory, POWER_VERIFIED",
        "machine, other-boot,   copy,      POWER_VERIFIED",
        "machine, unknown-boot, directory, NONE",
        "spare,   boot,         directory, NONE",
        "spare,   other-boot,   directory, NONE",
        "spare,   other-boot,   copy,      NONE",
    })
    void provesOnlyWhatLockOrRebootProve(String machine, String boot, String directory, ProofLevel level) {
        assertThat(new Incarnation(machine, boot, directory, 2).provesEndOf(EARLIER))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"directory, PROCESS_KILLED", "copy, NONE"})
    void whereNoBootIsToldOnlyTheLockProves(String directory, ProofLevel level) {
        Incarnation earlier = new Incarnation("machine", Incarnation.UNKNOWN_BOOT, "directory", 1);
        assertThat(new Incarnation("machine", Incarnation.UNKNOWN_BOOT, directory, 2).provesEndOf(earlier))
                .isEqualTo(level);
    }
}
