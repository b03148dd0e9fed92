package dev.ha4j.testkit.replay;

import dev.ha4j.testkit.swarm.Scenario;
import java.util.Optional;

/**
 * A run that can be run again, on any later version.
 *
 * @param scenario all of it; only small randomness still comes from the seed
 * @param violates the rule that it broke when it was found; empty if none
 * @param planted name of the bug that has to be planted for that; empty for none
 */
public record Script(Scenario scenario, Optional<String> violates, Optional<String> planted) {

    public static Script of(Scenario scenario) {
        return new Script(scenario, Optional.empty(), Optional.empty());
    }

    public Script with(Scenario other) {
        return new Script(other, violates, planted);
    }

    public Script violating(String rule) {
        return new Script(scenario, Optional.of(rule), planted);
    }

    public Script planting(String bug) {
        return new Script(scenario, violates, Optional.of(bug));
    }
}
