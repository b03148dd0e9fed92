package dev.ha4j.testkit.replay;

import dev.ha4j.testkit.planted.PlantingClassLoader;
import java.util.function.UnaryOperator;

/** Replays a script inside of a {@link PlantingClassLoader}; who calls it knows only types of the platform. */
public final class PlantedReplay implements UnaryOperator<String> {

    /** Called by reflection. */
    public PlantedReplay() {}

    /** Takes a script as JSON; answers the verdict as a line. */
    @Override
    public String apply(String script) {
        return Verdict.toLine(Verdict.of(ScriptJson.read(script).scenario()));
    }
}
