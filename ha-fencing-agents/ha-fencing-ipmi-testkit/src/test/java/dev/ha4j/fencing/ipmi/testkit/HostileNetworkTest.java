package dev.ha4j.fencing.ipmi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.ipmi.Ipmi;
import dev.ha4j.fencing.ipmi.IpmiFenceDevice;
import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.Secret;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileNetworkTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rubbishDamageAndRepetitionAreSeenThrough(long seed) throws Exception {
        try (BmcSimulator bmc = bmc();
                HostileRelay relay = new HostileRelay(bmc, seed, true)) {
            assertThat(device(relay).off(Requests.ample())).isInstanceOf(FenceResult.Confirmed.class);
            assertThat(bmc.ordersReceived()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void withoutAGenuineAnswerNothingIsConfirmed(long seed) throws Exception {
        try (BmcSimulator bmc = bmc();
                HostileRelay relay = new HostileRelay(bmc, seed, false)) {
            IpmiFenceDevice device = device(relay).tries(2, Duration.ofMillis(100));
            assertThat(device.off(Requests.ample())).isInstanceOf(FenceResult.Unknown.class);
            assertThat(bmc.ordersReceived()).isZero();
        }
    }

    private static BmcSimulator bmc() throws java.io.IOException {
        return BmcSimulator.builder()
                .user("fence", "geheim", Privilege.ADMINISTRATOR)
                .start();
    }

    private static IpmiFenceDevice device(HostileRelay relay) throws java.io.IOException {
        return Ipmi.device("bmc-a")
                .target("a")
                .address("127.0.0.1")
                .credentials(Secret.of("fence"), Secret.of("geheim"))
                .port(relay.port());
    }
}
