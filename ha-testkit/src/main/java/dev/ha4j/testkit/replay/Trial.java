package dev.ha4j.testkit.replay;

import dev.ha4j.testkit.planted.PlantedBug;
import dev.ha4j.testkit.planted.PlantingClassLoader;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs scripts. */
@FunctionalInterface
public interface Trial {

    /** The first rule that the script breaks; empty if it is green. */
    Optional<Verdict> of(Script script);

    /** Runs them on the product as it is, or with the bug that they say has to be planted. */
    static Trial of(Optional<String> planted) {
        if (planted.isEmpty()) {
            return script -> Verdict.of(script.scenario());
        }
        PlantedBug bug = PlantedBug.named(planted.get()).get(0);
        @SuppressWarnings("unchecked")
        UnaryOperator<String> replay = (UnaryOperator<String>) new PlantingClassLoader(bug).make(PlantedReplay.class);
        return script -> Verdict.parse(replay.apply(ScriptJson.write(script)));
    }

    /** Runs one as it wants to be run. */
    static Optional<Verdict> run(Script script) {
        return of(script.planted()).of(script);
    }
}
