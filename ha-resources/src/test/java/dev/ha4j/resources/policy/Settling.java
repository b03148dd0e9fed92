package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;

/** Carries out plan after plan, without a failure. */
final class Settling {

    private static final int ROUNDS = 6;

    private Settling() {}

    static PolicyInput settle(PolicyInput input, Instant now) {
        PolicyInput settled = input;
        for (int round = 0; round < ROUNDS; round++) {
            Plan plan = PolicyEngine.plan(settled, now);
            if (plan.steps().isEmpty()) {
                return settled;
            }
            settled = Execution.run(settled, plan, now);
        }
        throw new AssertionError(
                "it never settles: " + PolicyEngine.plan(settled, now).steps());
    }
}
