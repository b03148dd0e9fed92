package dev.ha4j.fencing.ipmi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.ipmi.Ipmi;
import dev.ha4j.fencing.ipmi.IpmiFenceDevice;
import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.Secret;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BmcIdentityTest {

    private static BmcSimulatorBuilder bmc() {
        return BmcSimulator.builder()
                .user("oper", "geheim", Privilege.OPERATOR)
                .guid("00112233-4455-6677-8899-aabbccddeeff");
    }

    private static IpmiFenceDevice device(BmcSimulator bmc) {
        return Ipmi.device("bmc-a")
                .target("a")
                .address(bmc.host())
                .credentials(Secret.of("oper"), Secret.of("geheim"))
                .port(bmc.port())
                .privilege(Privilege.OPERATOR);
    }

    @Test
    void aPinnedMachineIsFencedByAnOperator() throws IOException {
        try (BmcSimulator bmc = bmc().start()) {
            IpmiFenceDevice device = device(bmc).identity("00112233-4455-6677-8899-AABBCCDDEEFF");
            assertThat(device.check(Requests.ample())).isEmpty();
            assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Confirmed.class);
        }
    }

    @Test
    void anotherThanThePinnedMachineIsLeftAlone() throws IOException {
        try (BmcSimulator bmc = bmc().start()) {
            FenceResult result =
                    device(bmc).identity("ffffffffffffffffffffffffffffffff").off(Requests.ample());
            assertThat(result).isInstanceOf(FenceResult.Failed.class).asString().contains("wrong machine");
            assertThat(bmc.ordersReceived()).isZero();
        }
    }

    @Test
    void aBmcWithoutAGuidIsKnownByItsMake() throws IOException {
        try (BmcSimulator bmc = bmc().guid("00000000000000000000000000000000").start()) {
            assertThat(device(bmc).off(Requests.ample())).asString().contains("identity=device-");
        }
    }

    @Test
    void aBmcThatOffersOnlyAnotherSuiteSaysSo() throws IOException {
        try (BmcSimulator bmc = bmc().onlyCipherSuite(3).start()) {
            assertThat(device(bmc).off(Requests.ample()))
                    .isInstanceOf(FenceResult.Failed.class)
                    .asString()
                    .contains("does not allow the configured cipher suite");
            assertThat(device(bmc).cipherSuite(3).off(Requests.ample())).isInstanceOf(FenceResult.Confirmed.class);
        }
    }
}
