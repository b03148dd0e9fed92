package dev.ha4j.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.testkit.swarm.Fault;
import dev.ha4j.testkit.swarm.FaultKind;
import dev.ha4j.testkit.swarm.Mix;
import dev.ha4j.testkit.swarm.Scenario;
import dev.ha4j.testkit.swarm.SeedRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptJsonTest {

    @ParameterizedTest
    @EnumSource(value = Mix.class, mode = EnumSource.Mode.EXCLUDE, names = "RING")
    void whatIsReadIsWhatWasWritten(Mix mix) {
        LongStream.rangeClosed(1, 200).forEach(seed -> {
            Script script = Script.of(Scenario.drawn(seed, mix, Duration.ofMinutes(30)))
                    .violating("X1")
                    .planting("lease-revived");
            assertThat(ScriptJson.read(ScriptJson.write(script))).isEqualTo(script);
        });
    }

    @Test
    void theRingAloneHasNoScript() {
        assertThatThrownBy(() -> Scenario.drawn(1, Mix.RING, Duration.ofMinutes(1)))
                .hasMessageContaining("by its seed only");
    }

    @Test
    void allKindsOfFaultsAreWrittenSomewhere() {
        List<Object> kinds = LongStream.rangeClosed(1, 200)
                .boxed()
                .flatMap(seed ->
                        Stream.of(Mix.SWARM, Mix.QUORUM).map(mix -> Scenario.drawn(seed, mix, Duration.ofMinutes(30))))
                .flatMap(scenario -> scenario.faults().stream())
                .<Object>map(Fault::kind)
                .distinct()
                .toList();
        assertThat(kinds).hasSize(Arrays.asList(FaultKind.values()).size());
    }

    @Test
    void replayIsTheSameRunStepByStep() {
        Scenario drawn = Scenario.drawn(3, Mix.SWARM, Duration.ofMinutes(1));
        Scenario read = ScriptJson.read(ScriptJson.write(Script.of(drawn))).scenario();
        assertThat(SeedRun.of(read).traceDigest()).isEqualTo(SeedRun.of(drawn).traceDigest());
    }

    @Test
    void mistakesAreNamed() {
        Fault freeze = new Fault(1_000_000_000L, FaultKind.FREEZE, Fault.HOLDER, 0, 5_000_000_000L, 0);
        String good = ScriptJson.write(
                Script.of(Scenario.drawn(1, Mix.IDLE, Duration.ofMinutes(3)).withFaults(List.of(freeze))));
        assertThat(good).contains("FREEZE", "\"holder\"", "\"ledger\"", "\"waitForAll\":false");
        assertRefused("{", "no JSON");
        assertRefused("{}", "format is missing");
        assertRefused(good.replace("\"format\": 1", "\"format\": 2"), "format is 2, known is 1");
        assertRefused(good.replaceFirst("FREEZE", "FREEEZE"), "faults[0]: kind FREEEZE is none of [KILL,");
        assertRefused(good.replaceFirst("\"holder\"", "\"everybody\""), "everybody is no node");
        assertRefused(good.replace("\"ledger\"", "\"lodger\""), "there are the resources [ledger,");
        assertRefused(good.replace("\"waitForAll\":false", "\"waitForAll\":0"), "waitForAll has to be true or false");
        assertRefused(good.replace("\"seed\": 1", "\"seed\": \"one\""), "seed has to be a number");
    }

    private static void assertRefused(String json, String why) {
        assertThatThrownBy(() -> ScriptJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
