package dev.ha4j.resources.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What holds when a cluster in which all runs has to empty a node. */
class RandomChangeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SEEDS = 300;
    private static final int ROUNDS = 4;

    /** S4: a resource that moves is stopped where it is before it is started elsewhere. */
    @Test
    void nothingStartsBeforeItsStopElsewhere() {
        forEachPlan((input, plan) -> {
            for (int i = 0; i < plan.steps().size(); i++) {
                Plan.Step start = plan.steps().get(i);
                if (start.task().equals(Tasks.START) && isPrimitive(input, start)) {
                    Set<Integer> before = before(plan, i);
                    for (int k = 0; k < plan.steps().size(); k++) {
                        if (isStopOf(plan.steps().get(k), start)) {
                            assertThat(before)
                                    .as("%s waits for %s", start, plan.steps().get(k))
                                    .contains(k);
                        }
                    }
                }
            }
        });
    }

    /** S1: what has to start first is started first, and stopped last. */
    @Test
    void mandatoryOrdersHold() {
        forEachPlan((input, plan) -> {
            for (Constraint order : input.constraints()) {
                if (order instanceof Constraint.Order && "Mandatory".equals(order.get("kind"))) {
                    assertOrdered(plan, Tasks.START, order.get("first"), order.get("then"));
                    assertOrdered(plan, Tasks.STOP, order.get("then"), order.get("first"));
                }
            }
        });
    }

    private static void assertOrdered(Plan plan, String task, String first, String then) {
        List<Plan.Step> steps = plan.steps();
        for (int i = 0; i < steps.size(); i++) {
            if (isTask(steps.get(i), task, then)) {
                Set<Integer> before = before(plan, i);
                for (int k = 0; k < steps.size(); k++) {
                    if (isTask(steps.get(k), task, first)) {
                        assertThat(before)
                                .as("%s %s, then %s", task, first, then)
                                .contains(k);
                    }
                }
            }
        }
    }

    private static boolean isTask(Plan.Step step, String task, String resource) {
        return step.kind() == Plan.Kind.RESOURCE && step.task().equals(task) && resource.equals(step.resource());
    }

    /** S2, S1: in the end, what must run together does, and nothing runs without what it needs. */
    @Test
    void mandatoryColocationsHoldInTheEnd() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(emptied(settle(RandomInput.of(seed)), seed));
            Map<String, Map<String, List<String>>> status = PolicyEngine.status(settled, NOW);
            for (Constraint constraint : settled.constraints()) {
                boolean together =
                        constraint instanceof Constraint.Colocation && "INFINITY".equals(constraint.get("score"));
                if (together && isPrimitive(settled, constraint.get("with-rsc"))) {
                    Set<String> dependent = nodes(status, constraint.get("rsc"));
                    if (isPrimitive(settled, constraint.get("rsc"))) {
                        assertThat(nodes(status, constraint.get("with-rsc")))
                                .as("seed %d: %s", seed, constraint)
                                .containsAll(dependent);
                    }
                }
            }
        }
    }

    private static Set<String> nodes(Map<String, Map<String, List<String>>> status, String resource) {
        return status.getOrDefault(resource, Map.of()).keySet();
    }

    /** S7, S8: once it is settled it stays so, however much later it is looked at. */
    @Test
    void nothingMovesForNoReason() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(emptied(settle(RandomInput.of(seed)), seed));
            for (int hours = 0; hours < 3; hours++) {
                assertThat(PolicyEngine.plan(settled, NOW.plus(Duration.ofHours(hours)))
                                .steps())
                        .as("seed %d after %d hours", seed, hours)
                        .isEmpty();
            }
        }
    }

    /** S3: a node in standby is left. */
    @Test
    void aNodeInStandbyIsLeft() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(emptied(settle(RandomInput.of(seed)), seed));
            String standby = emptiedNode(settled, seed);
            PolicyEngine.status(settled, NOW)
                    .forEach((resource, nodes) -> assertThat(nodes).as(resource).doesNotContainKey(standby));
        }
    }

    /** S9: nobody touches what is in maintenance, whatever else happens. */
    @Test
    void nothingIsDoneWithWhatIsInMaintenance() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(RandomInput.of(seed));
            PolicyInput changed = emptied(inMaintenance(settled), seed);
            for (Plan.Step step : PolicyEngine.plan(changed, NOW).steps()) {
                boolean harmless =
                        step.kind() != Plan.Kind.RESOURCE || step.task().equals(Tasks.CANCEL);
                assertThat(harmless).as("seed %d: %s", seed, step).isTrue();
            }
        }
    }

    private static PolicyInput inMaintenance(PolicyInput input) {
        List<AttributeSet> options = new ArrayList<>(input.options());
        options.add(new AttributeSet("more", 1, null, List.of(new NamedValue("maintenance-mode", "true"))));
        return new PolicyInput(
                input.header(),
                options,
                input.nodes(),
                input.resources(),
                input.constraints(),
                input.resourceDefaults(),
                input.operationDefaults(),
                input.tags(),
                input.status());
    }

    private static void forEachPlan(BiConsumer<PolicyInput, Plan> check) {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput input = emptied(settle(RandomInput.of(seed)), seed);
            check.accept(input, PolicyEngine.plan(input, NOW));
        }
    }

    private static String emptiedNode(PolicyInput input, long seed) {
        return input.nodes().get((int) (seed % input.nodes().size())).name();
    }

    /** Puts one node into standby. */
    private static PolicyInput emptied(PolicyInput input, long seed) {
        String node = emptiedNode(input, seed);
        AttributeSet standby = new AttributeSet("standby", 1, null, List.of(new NamedValue("standby", "on")));
        List<NodeStatus> states = input.status().nodes().stream()
                .map(state -> node.equals(state.get("uname"))
                        ? new NodeStatus(
                                state.attributes(), List.of(standby), state.transientUtilization(), state.resources())
                        : state)
                .toList();
        return input.withStatus(new Status(states, input.status().tickets()));
    }

    private static boolean isPrimitive(PolicyInput input, Plan.Step step) {
        return step.resource() != null && isPrimitive(input, step.resource());
    }

    private static boolean isPrimitive(PolicyInput input, String id) {
        return input.resources().stream()
                .anyMatch(entry ->
                        entry instanceof ResourceEntry.Primitive && entry.id().equals(id));
    }

    private static boolean isStopOf(Plan.Step step, Plan.Step start) {
        return step.task().equals(Tasks.STOP)
                && java.util.Objects.equals(step.resource(), start.resource())
                && step.kind() == start.kind();
    }

    /** All that has to be done before a step. */
    private static Set<Integer> before(Plan plan, int step) {
        Set<Integer> before = new HashSet<>();
        List<Integer> open = new ArrayList<>(plan.steps().get(step).after());
        while (!open.isEmpty()) {
            int next = open.remove(open.size() - 1);
            if (before.add(next)) {
                open.addAll(plan.steps().get(next).after());
            }
        }
        return before;
    }

    private static PolicyInput settle(PolicyInput input) {
        PolicyInput settled = input;
        for (int round = 0; round < ROUNDS; round++) {
            settled = Execution.run(settled, PolicyEngine.plan(settled, NOW), NOW);
        }
        return settled;
    }
}
