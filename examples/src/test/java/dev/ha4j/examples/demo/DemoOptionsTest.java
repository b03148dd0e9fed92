package dev.ha4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoOptionsTest {

    private final DemoOptions options = new DemoOptions();
    private final CommandLine line = new CommandLine(options);

    @Test
    void withoutArgumentsEverythingIsPlayedOnce() {
        line.parseArgs();

        assertThat(options.scenarios(line)).containsExactly(Scenario.values());
        assertThat(options.runs(line)).isEqualTo(1);
        assertThat(options.idle()).isFalse();
        assertThat(options.json()).isEmpty();
    }

    @Test
    void scenariosAreNamed() {
        line.parseArgs("--scenario", "freeze-fenced,kill", "--runs", "20", "--json", "figures.json");

        assertThat(options.scenarios(line)).containsExactly(Scenario.FREEZE_FENCED, Scenario.KILL);
        assertThat(options.runs(line)).isEqualTo(20);
        assertThat(options.json()).contains(Path.of("figures.json"));
    }

    @Test
    void idleIsMeasuredAlone() {
        line.parseArgs("--scenario", "idle", "--seconds", "5");

        assertThat(options.scenarios(line)).isEmpty();
        assertThat(options.idle()).isTrue();
        assertThat(options.seconds(line)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        line.parseArgs("--scenario", "earthquake", "--runs", "0");

        assertThatThrownBy(() -> options.scenarios(line)).hasMessageContaining("earthquake");
        assertThatThrownBy(() -> options.runs(line)).hasMessageContaining("--runs");
    }
}
