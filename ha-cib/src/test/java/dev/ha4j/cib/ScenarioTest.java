package dev.ha4j.cib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.policy.Execution;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.PolicyEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One folder per scenario: {@code cib.xml} is what is known, {@code plan.txt} what has to be decided. */
class ScenarioTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * Here the next plan does more: it starts what was stopped everywhere, gives a remote node that was fenced its resources back, and
     * asks a guest that came up what runs in it, stops what was left there, or tells it from others; locks and unfencing, and that a remote node was fenced, are
     * not kept on paper.
     */
    private static final List<String> GOING_ON = List.of(
            "broken-connection-waits-for-its-reconnect-interval",
            "connection-that-breaks-fences-its-node",
            "multiply-active-stop-only",
            "removed-resource-of-an-absent-guest-is-not-shown",
            "rule-tells-kinds-of-nodes-apart",
            "shutdown-lock-keeps-resources-for-their-node",
            "unfencing-comes-before-the-start",
            "unheard-remote-nodes-count-as-one");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plansAsReviewed(String scenario) throws IOException, CibException {
        String text = text(scenario);
        Path expected = SCENARIOS.resolve(scenario).resolve("plan.txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    static Stream<String> settling() throws IOException {
        return scenarios().filter(scenario -> !GOING_ON.contains(scenario));
    }

    /** What is where it should be is left alone; on paper nodes don't shut down and fail counts are not cleared. */
    @ParameterizedTest
    @MethodSource("settling")
    void plansNothingMoreOnceThatIsDone(String scenario) throws IOException, CibException {
        PolicyInput input = input(scenario);
        PolicyInput after = Execution.run(input, PolicyEngine.plan(input, NOW), NOW);
        assertThat(PolicyEngine.plan(after, NOW).steps())
                .allMatch(step -> step.kind() == Plan.Kind.PSEUDO
                        || List.of("delete", "cancel", "clear_failcount", "do_shutdown")
                                .contains(step.task()));
    }

    @Test
    void equalInputsGiveEqualPlans() throws IOException, CibException {
        for (String scenario : scenarios().toList()) {
            assertThat(text(scenario)).isEqualTo(text(scenario));
        }
    }

    private static String text(String scenario) throws IOException, CibException {
        PolicyInput input = input(scenario);
        Plan plan = PolicyEngine.plan(input, NOW);
        StringBuilder text = new StringBuilder("now\n");
        status(plan.statusBefore(), text);
        text.append("steps\n");
        for (Plan.Step step : plan.steps()) {
            text.append("  ").append(name(step)).append('\n');
            step.after()
                    .forEach(first -> text.append("      after ")
                            .append(name(plan.steps().get(first)))
                            .append('\n'));
        }
        text.append("then\n");
        status(PolicyEngine.status(Execution.run(input, plan, NOW), NOW), text);
        return text.toString();
    }

    private static void status(Map<String, Map<String, List<String>>> status, StringBuilder text) {
        status.forEach((resource, nodes) ->
                text.append("  ").append(resource).append(": ").append(nodes).append('\n'));
    }

    private static String name(Plan.Step step) {
        return step.key() + (step.node() == null ? "" : " on " + step.node());
    }

    private static PolicyInput input(String scenario) throws IOException, CibException {
        try (InputStream xml = Files.newInputStream(SCENARIOS.resolve(scenario).resolve("cib.xml"))) {
            return CibReader.read(xml).input();
        }
    }
}
