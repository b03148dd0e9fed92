package dev.ha4j.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.resources.policy.Change;
import dev.ha4j.resources.policy.ClusterView;
import dev.ha4j.resources.policy.OperationResult;
import dev.ha4j.resources.policy.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatWasDoneNeedsNotBeDoneAgain() {
        Simulation before = scenario("fresh-start");
        Simulation after = Simulation.of(before.run().execution().after(), NOW);
        assertThat(before.inspect().changes()).isNotEmpty();
        assertThat(after.inspect().changes()).isEmpty();
    }

    @Test
    void aFailedOperationEndsThePlanAndIsCounted() {
        Simulation.Outcome outcome =
                scenario("fresh-start").run(List.of(OperationResult.parse(firstStart("fresh-start") + "=1")));
        assertThat(outcome.execution().failed()).isPresent();
        assertThat(outcome.execution().begun())
                .hasSizeLessThan(outcome.inspection().plan().steps().size());
        assertThat(CibWriter.write(outcome.execution().after()))
                .contains("fail-count-")
                .contains("value=\"INFINITY\"")
                .contains("last-failure-");
    }

    private static String firstStart(String scenario) {
        Change start = scenario(scenario).inspect().changes().stream()
                .filter(change -> change.what() == Change.What.START)
                .findFirst()
                .orElseThrow();
        return start.subject() + "_start_0@" + start.to();
    }

    @Test
    void aLostNodeIsUncleanAndOneThatLeftIsNot() {
        Simulation cluster = scenario("lost-node-is-fenced-before-its-resource-starts")
                .nodeUp("alpha")
                .nodeUp("beta");
        assertThat(state(cluster.nodeFailed("beta"), "beta")).isEqualTo("UNCLEAN (offline)");
        assertThat(state(cluster.nodeDown("beta"), "beta")).isEqualTo("OFFLINE");
        assertThat(state(cluster.nodeDown("beta").nodeUp("beta"), "beta")).isEqualTo("online");
        assertThat(state(cluster.standby("beta", true), "beta")).startsWith("standby");
        assertThat(state(cluster.standby("beta", true).standby("beta", false), "beta"))
                .isEqualTo("online");
    }

    private static String state(Simulation simulation, String node) {
        return ClusterView.of(simulation.input(), NOW).nodes().stream()
                .filter(view -> view.name().equals(node))
                .map(ClusterView.NodeView::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventForWhatIsNotThereIsRefused() {
        Simulation cluster = scenario("fresh-start");
        assertThatThrownBy(() -> cluster.nodeFailed("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("alpha");
        assertThatThrownBy(() -> cluster.operation(OperationResult.parse("nothing_start_0@alpha=1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> OperationResult.parse("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RESOURCE_TASK_INTERVAL@NODE=RC");
    }

    @Test
    void operationsAreReadAsTheyAreWritten() {
        for (String text : List.of("a_b_migrate_to_0@n=1", "db:0_monitor_10000@node.example=7", "x_start_0@n=0")) {
            assertThat(OperationResult.parse(text)).hasToString(text);
        }
        assertThat(OperationResult.parse("a_b_migrate_to_0@n=1").resource()).isEqualTo("a_b");
    }

    private static Simulation scenario(String name) {
        Path file = Path.of("src/test/resources/scenarios", name, "cib.xml");
        try (InputStream xml = Files.newInputStream(file)) {
            return Simulation.of(CibReader.read(xml).input(), NOW);
        } catch (IOException | CibException e) {
            throw new AssertionError(e);
        }
    }
}
