package dev.ha4j.resources.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every cluster in which nothing fails. */
class RandomClusterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SEEDS = 400;
    private static final int ROUNDS = 4;

    @Test
    void equalInputsGiveEqualPlans() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Plan once = PolicyEngine.plan(RandomInput.of(seed), NOW);
            Plan again = PolicyEngine.plan(RandomInput.of(seed), NOW);
            assertThat(once).as("seed %d", seed).isEqualTo(again);
        }
    }

    @Test
    void nothingWaitsForItself() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Plan.Step> steps = PolicyEngine.plan(RandomInput.of(seed), NOW).steps();
            assertThat(doable(steps)).as("seed %d", seed).isEqualTo(steps.size());
        }
    }

    private static int doable(List<Plan.Step> steps) {
        boolean[] done = new boolean[steps.size()];
        int count = 0;
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < done.length; i++) {
                if (!done[i] && steps.get(i).after().stream().allMatch(before -> done[before])) {
                    done[i] = true;
                    count++;
                    progress = true;
                }
            }
        }
        return count;
    }

    /** The first plan probes and starts what it may; a few more see the results. */
    @Test
    void plansSettle() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(RandomInput.of(seed));
            assertThat(PolicyEngine.plan(settled, NOW).steps())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void nothingRunsTwice() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(RandomInput.of(seed));
            Map<String, Map<String, List<String>>> status = PolicyEngine.status(settled, NOW);
            for (ResourceEntry resource : settled.resources()) {
                if (resource instanceof ResourceEntry.Primitive) {
                    assertThat(status.getOrDefault(resource.id(), Map.of()).size())
                            .as("seed %d: %s", seed, resource.id())
                            .isLessThanOrEqualTo(1);
                }
            }
            status.forEach((resource, nodes) -> nodes.values()
                    .forEach(roles -> assertThat(roles).as(resource).hasSize(1)));
        }
    }

    @Test
    void whatIsForbiddenDoesNotHappen() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PolicyInput settled = settle(RandomInput.of(seed));
            Map<String, Map<String, List<String>>> status = PolicyEngine.status(settled, NOW);
            for (Constraint constraint : settled.constraints()) {
                if (constraint instanceof Constraint.Location && "-INFINITY".equals(constraint.get("score"))) {
                    assertThat(status.getOrDefault(constraint.get("rsc"), Map.of()))
                            .as("seed %d: %s", seed, constraint)
                            .doesNotContainKey(constraint.get("node"));
                }
            }
        }
    }

    private static PolicyInput settle(PolicyInput input) {
        PolicyInput settled = input;
        for (int round = 0; round < ROUNDS; round++) {
            settled = Execution.run(settled, PolicyEngine.plan(settled, NOW), NOW);
        }
        return settled;
    }
}
