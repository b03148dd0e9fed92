package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.List;

/**
 * A run before it is run; a function of its seed, mix and length, but for the faults, which can be replaced.
 *
 * @param world the cluster and its surroundings
 * @param faultyTime how long faults go on; then all is healed
 * @param faults in order of time
 * @param requestEvery mean time between two requests of an application, all nodes together
 * @param actEvery mean time between two acts of a resource
 */
public record Scenario(
        WorldOptions world, Duration faultyTime, List<Fault> faults, Duration requestEvery, Duration actEvery) {

    public Scenario {
        faults = List.copyOf(faults);
    }

    /** What this seed draws. */
    public static Scenario drawn(long seed, Mix mix, Duration length) {
        if (mix == Mix.RING) {
            throw new IllegalArgumentException(
                    "a run of the ring alone is no script: it can be run again by its seed only");
        }
        return new Draw(seed, mix, length).scenario();
    }

    public Scenario withWorld(WorldOptions other) {
        return new Scenario(other, faultyTime, faults, requestEvery, actEvery);
    }

    public Scenario withFaults(List<Fault> others) {
        return new Scenario(world, faultyTime, others, requestEvery, actEvery);
    }

    public Scenario withFaultyTime(Duration length) {
        return new Scenario(world, length, faults, requestEvery, actEvery);
    }

    public Scenario withRequestEvery(Duration mean) {
        return new Scenario(world, faultyTime, faults, mean, actEvery);
    }
}
