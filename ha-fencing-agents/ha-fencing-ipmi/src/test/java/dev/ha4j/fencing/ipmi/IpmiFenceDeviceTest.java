package dev.ha4j.fencing.ipmi;

import static dev.ha4j.fencing.ipmi.Secret.env;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.CompletionCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpmiFenceDeviceTest {

    private static IpmiFenceDevice device() {
        return Ipmi.device("bmc-a").target("a").address("192.0.2.11").credentials(env("BMC_USER"), env("BMC_PW"));
    }

    @Test
    void fourStepsMakeADevice() {
        IpmiFenceDevice device = device();
        assertThat(device.id()).isEqualTo("bmc-a");
        assertThat(device.targets()).containsExactly("a");
        assertThat(device.proofLevel()).isEqualTo(ProofLevel.POWER_VERIFIED);
        assertThat(device).hasToString("IPMI device bmc-a at 192.0.2.11:623");
    }

    @Test
    void anOptionMakesANewDevice() {
        IpmiFenceDevice device = device();
        assertThat(device.timeout(Duration.ofSeconds(3)).timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(device.timeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 6, 7, 8, 11, 12, 15, 16, 18, -1})
    void weakAndUnknownSuitesAreRefused(int number) {
        assertThatThrownBy(() -> device().cipherSuite(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only 17 (preferred) and 3");
    }

    @Test
    void suites3And17AreAccepted() {
        assertThat(CipherSuite.numbered(3)).isEqualTo(CipherSuite.SUITE_3);
        assertThat(CipherSuite.numbered(17)).isEqualTo(CipherSuite.SUITE_17);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> device().port(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device().tries(0, Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretShowsItsPlaceAlone() throws IpmiException {
        Secret secret = Secret.of("geheim");
        assertThat(secret.reveal("password", 20)).hasSize(6);
        assertThat(secret).hasToString("Secret[a fixed value]");
        assertThatThrownBy(() -> secret.reveal("password", 5))
                .isInstanceOf(IpmiException.class)
                .hasMessageContaining("longer than the 5 bytes")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void aMissingSecretIsAClearError() {
        assertThatThrownBy(() -> env("HA4J_NO_SUCH_VARIABLE").reveal("user name", 16))
                .isInstanceOf(IpmiException.class)
                .hasMessageContaining("no user name: can't read environment variable HA4J_NO_SUCH_VARIABLE");
    }

    @Test
    void onlySomeCompletionCodesProveThatNothingWasDone() {
        assertThat(CompletionCode.isDefiniteRefusal(CompletionCode.INSUFFICIENT_PRIVILEGE))
                .isTrue();
        assertThat(CompletionCode.isDefiniteRefusal(CompletionCode.UNSPECIFIED)).isFalse();
        assertThat(CompletionCode.isDefiniteRefusal(CompletionCode.BUSY)).isFalse();
    }
}
